import type { Policy } from '../../ledger';
import { asking, holding, locked, msp, offered } from '../../rules/testing/claims';
import { acceptedQuotePolicy, certificatePolicy, holdingPolicy, lockedHoldingPolicy, openQuotePolicy, pledgedHoldingPolicy } from './policies';

const everyone = [...new Set(Object.values(msp))];

/** Whether these organisations together satisfy a policy. */
function satisfied(policy: Policy, signers: readonly string[]): boolean {
  if (typeof policy === 'string') return signers.includes(policy);
  return policy.of.filter((part) => satisfied(part, signers)).length >= policy.n;
}

/** All smallest groups of organisations that satisfy a policy. */
function groupsOf(policy: Policy): string[][] {
  const groups: string[][] = [];
  for (let bits = 1; bits < 2 ** everyone.length; bits += 1) {
    const group = everyone.filter((_, index) => (bits >> index) % 2 === 1);
    if (satisfied(policy, group) && group.every((_, index) => !satisfied(policy, group.toSpliced(index, 1)))) groups.push(group.sort());
  }
  return groups.sort((a, b) => a.join().localeCompare(b.join()));
}
const groups = (...lists: string[][]) => lists.map((list) => list.sort()).sort((a, b) => a.join().localeCompare(b.join()));

const { owner, obligor, authority, receiver, financier, settler } = msp;

test('a free holding changes with two of owner, obligor and authority, and nobody alone', () => {
  expect(groupsOf(holdingPolicy(holding()))).toEqual(groups([owner, obligor], [owner, authority], [obligor, authority]));
  const { authority: _none, ...without } = holding();
  expect(groupsOf(holdingPolicy(without))).toEqual(groups([owner, obligor]));
});

test('the receiver of an open offer may take the place of the owner; with the owner it is still one party', () => {
  expect(groupsOf(holdingPolicy(offered()))).toEqual(groups([owner, obligor], [owner, authority], [obligor, authority], [receiver, obligor], [receiver, authority]));
  expect(satisfied(holdingPolicy(offered()), [owner, receiver])).toBe(false);
});

test('financiers that are asked have no part', () => expect(groupsOf(holdingPolicy(asking()))).toEqual(groupsOf(holdingPolicy(holding()))));

test('while locked for finance, the financier takes the place of the owner only together with the settler', () => {
  const policy = lockedHoldingPolicy(locked(), financier, settler);
  expect(groupsOf(policy)).toEqual(groups([owner, obligor], [owner, authority], [obligor, authority], [financier, settler, obligor], [financier, settler, authority]));
  expect(satisfied(policy, [obligor, financier])).toBe(false);
  expect(satisfied(policy, [owner, financier, settler])).toBe(false);
});

test('a pledged holding changes with two of financier, obligor and authority: its owner has no part in it', () => {
  expect(groupsOf(pledgedHoldingPolicy(holding(), financier))).toEqual(groups([financier, obligor], [financier, authority], [obligor, authority]));
  const { authority: _none, ...without } = holding();
  expect(groupsOf(pledgedHoldingPolicy(without, financier))).toEqual(groups([financier, obligor]));
});

test('an organisation that is a party never counts for the authority too', () => {
  expect(groupsOf(holdingPolicy(holding({ authority: owner })))).toEqual(groups([owner, obligor]));
  expect(groupsOf(lockedHoldingPolicy(holding({ authority: settler }), financier, settler))).toEqual(groups([owner, obligor], [financier, settler, obligor]));
});

test('certificates and quotes', () => {
  expect(groupsOf(certificatePolicy({ obligor, supplier: owner, settler, authority }))).toEqual(groups([obligor, owner], [obligor, settler], [obligor, authority], [owner, authority], [settler, authority]));
  expect(groupsOf(openQuotePolicy(owner, financier))).toEqual(groups([owner, financier]));
  expect(groupsOf(acceptedQuotePolicy(owner, financier, settler))).toEqual(groups([owner, financier], [settler, financier]));
});
