import type { Policy } from '../../ledger';
import { party, pledgeIn, receiptIn } from '../../rules/testing/collateral';
import { depositPolicy, lotReceiptPolicy, pledgePolicy, receiptPolicy } from './policies';

const everyone = [...new Set(Object.values(party))];
const { owner, warehouse, authority, financier, settler, receiver, destination, carrier } = party;

function satisfied(policy: Policy, signers: readonly string[]): boolean {
  if (typeof policy === 'string') return signers.includes(policy);
  return policy.of.filter((part) => satisfied(part, signers)).length >= policy.n;
}

/** All smallest groups of organisations that satisfy a policy. */
function groupsOf(policy: Policy): string[] {
  const groups: string[] = [];
  for (let bits = 1; bits < 2 ** everyone.length; bits += 1) {
    const group = everyone.filter((_, index) => (bits >> index) % 2 === 1);
    if (satisfied(policy, group) && group.every((_, index) => !satisfied(policy, group.toSpliced(index, 1)))) groups.push(group.sort().join());
  }
  return groups.sort();
}
const groups = (...lists: string[][]) => lists.map((list) => list.sort().join()).sort();

test('a receipt changes with two of owner, warehouse and authority', () => {
  expect(groupsOf(receiptPolicy(receiptIn('active')))).toEqual(groups([owner, warehouse], [owner, authority], [warehouse, authority]));
  const { authority: _none, ...without } = receiptIn('active');
  expect(groupsOf(receiptPolicy(without))).toEqual(groups([owner, warehouse]));
  expect(satisfied(receiptPolicy(receiptIn('transfer offered')), [receiver, warehouse])).toBe(true);
  expect(satisfied(receiptPolicy(receiptIn('transfer offered')), [receiver, owner])).toBe(false);
  expect(satisfied(receiptPolicy(receiptIn('in transit')), [owner, destination])).toBe(true);
  expect(satisfied(receiptPolicy(receiptIn('in transit')), [warehouse, destination])).toBe(false);
  expect(satisfied(receiptPolicy(receiptIn('in transit')), [carrier, destination, warehouse])).toBe(false);
});

test('a pledged receipt needs financier and warehouse, for one of which the authority may stand in, and owner or settler beside them', () => {
  const pairs = [[financier, warehouse], [financier, authority], [warehouse, authority]];
  expect(groupsOf(receiptPolicy(receiptIn('pledged')))).toEqual(groups(...pairs.flatMap((pair) => [[...pair, owner], [...pair, settler]])));
});

test('a loan changes with two of its three parties; once paid, with the financier or the authority and one of the others', () => {
  expect(groupsOf(pledgePolicy(pledgeIn('draft')))).toEqual(groups([owner, financier]));
  for (const state of ['proposed', 'accepted', 'secured'] as const) expect(groupsOf(pledgePolicy(pledgeIn(state)))).toEqual(groups([owner, financier], [owner, warehouse], [financier, warehouse]));
  expect(groupsOf(pledgePolicy(pledgeIn('live')))).toEqual(groups(...[financier, authority].flatMap((lender) => [owner, warehouse, settler].map((other) => [lender, other]))));
});

test('a delivery belongs to keeper and depositor; its place in the lot to who has the goods', () => {
  expect(groupsOf(depositPolicy({ warehouse, depositor: owner }))).toEqual(groups([warehouse, owner]));
  expect(lotReceiptPolicy(receiptIn('active'))).toBe(warehouse);
  expect(lotReceiptPolicy(receiptIn('in transit'))).toBe(destination);
});
