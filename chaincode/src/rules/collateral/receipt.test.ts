import { formatQuantity, parseQuantity } from '@dualchain/model';
import fc from 'fast-check';
import { later, now } from '../testing/claims';
import { goods, party, pledgeIn, receiptIn } from '../testing/collateral';
import { codeOf, shownBy } from '../testing/refusal';
import { afterPledge, callMargin, releasePledge, repayLoan } from './pledge';
import { acceptReceiptOffer, draftReceipt, endReceiptProposal, issueReceipt, mergeReceipts, offerReceipt, partsOf, requireBoundGoods, splitReceipt, sumOf } from './receipt';
import { requireCompleteCustody, shipReceipt } from './transit';
import { eligibleValue, requireBreach, requireCovered } from './value';

test('splitting and joining conserve the quantity exactly', () => {
  fc.assert(
    fc.property(fc.array(fc.bigInt({ min: 1n, max: 10n ** 12n }), { minLength: 2, maxLength: 20 }), (scaled) => {
      const quantities = scaled.map(formatQuantity);
      const whole = { ...goods, quantity: formatQuantity(scaled.reduce((sum, each) => sum + each, 0n)) };
      const ids = quantities.map((_, index) => `P-${index}`);
      expect(sumOf(partsOf(whole, ids, quantities))).toEqual(whole);
      const { parts } = splitReceipt(receiptIn('active'), whole, ids, quantities, party.owner, now);
      const joined = mergeReceipts(parts.map(({ receipt, goods: part }) => ({ receipt: { ...receipt, root: 'r' }, goods: part })), 'C', party.owner, now);
      expect(joined.goods).toEqual(whole);
      expect(parseQuantity(joined.goods.quantity)).toBe(parseQuantity(whole.quantity));
    }),
  );
});

test.each([
  ['too little', ['100', '0.499999'], 'AMOUNT_MISMATCH'],
  ['too much', ['100', '0.500001'], 'AMOUNT_MISMATCH'],
  ['nothing', ['100.5', '0'], 'INVALID_INPUT'],
  ['too few', ['100.5'], 'INVALID_INPUT'],
])('a split with %s is refused, without a figure', (_, quantities, code) => {
  const split = () => splitReceipt(receiptIn('active'), goods, ['A', 'B'], quantities, party.owner, now);
  expect(codeOf(split)).toBe(code);
  expect(shownBy(split)).not.toMatch(/100\.5|0\.4999/);
});

test('receipts of different deliveries or twice the same are not joined', () => {
  const merge = (change: object) => () => mergeReceipts([{ receipt: receiptIn('active'), goods }, { receipt: receiptIn('active', { id: 'WR-2', ...change }), goods }], 'C', party.owner, now);
  expect(codeOf(merge({ depositId: 'D-2' }))).toBe('INVALID_INPUT');
  expect(codeOf(merge({ id: 'WR-1' }))).toBe('INVALID_INPUT');
  expect(codeOf(() => mergeReceipts([], 'C', party.owner, now))).toBe('INVALID_INPUT');
});

test('two people of the warehouse issue, and only over goods that are still good', () => {
  expect(codeOf(() => issueReceipt(receiptIn('draft'), party.warehouse, 'maker'))).toBe('SAME_IDENTITY');
  expect(codeOf(() => draftReceipt({ id: 'WR-9', lot: 'lot-1', depositId: 'D-1', depositor: party.depositor, goodsExpireAt: now, draftedBy: 'maker', at: now }, party.warehouse))).toBe('EXPIRED');
});

test('an offer ends on time, and leaves the receipt exactly as it was', () => {
  const before = receiptIn('active');
  const offered = offerReceipt(before, { id: 'tx', receiver: party.receiver, expiresAt: later, at: now }, party.owner);
  expect(codeOf(() => endReceiptProposal(offered, 'expireReceiptOffer', party.outsider, now))).toBe('NOT_YET');
  expect(codeOf(() => acceptReceiptOffer(offered, party.receiver, later))).toBe('EXPIRED');
  expect(endReceiptProposal(offered, 'expireReceiptOffer', party.outsider, later)).toEqual(before);
  for (const receiver of [party.owner, party.warehouse]) expect(codeOf(() => offerReceipt(before, { id: 'tx', receiver, expiresAt: later, at: now }, party.owner))).toBe('INVALID_INPUT');
  expect(codeOf(() => offerReceipt(before, { id: 'tx', receiver: party.receiver, expiresAt: now, at: now }, party.owner))).toBe('EXPIRED');
});

test.each(['lot', 'depositId', 'warehouse', 'owner'] as const)('terms of another %s open nothing', (field) => {
  expect(requireBoundGoods(receiptIn('active'), goods)).toBe(goods);
  expect(codeOf(() => requireBoundGoods(receiptIn('active'), { ...goods, [field]: 'other' }))).toBe('NOT_GENUINE');
});

test('goods are worth quantity × value × advance, rounded down', () => {
  expect(eligibleValue('100', '10007', 6_000)).toBe(600_420n);
  expect(eligibleValue('0.000001', '999999', 9_999)).toBe(0n);
  expect(eligibleValue('1.5', '3', 10_000)).toBe(4n);
  expect(codeOf(() => requireCovered(9n, 10n, 'x'))).toBe('COLLATERAL_INSUFFICIENT');
  expect(() => requireCovered(10n, 10n, 'x')).not.toThrow();
  expect(codeOf(() => requireBreach(10n, 10n, 'x'))).toBe('EVIDENCE_MISSING');
  expect(() => requireBreach(9n, 10n, 'x')).not.toThrow();
});

test('a repayment cures a call for value alone, and only if the goods cover the rest', () => {
  const called = pledgeIn('margin call');
  expect(repayLoan(called, 5n, false, party.settler)).toEqual(called);
  expect(repayLoan(called, 5n, true, party.settler)).toEqual(pledgeIn('live'));
  const held = pledgeIn('margin call', { marginCall: { reason: 'held', at: now, cureEndsAt: later } });
  expect(repayLoan(held, 5n, true, party.settler)).toEqual(held);
  expect(repayLoan(held, 0n, false, party.settler)).toEqual(pledgeIn('repaid'));
});

test('a second reason to call keeps the time to cure', () => {
  const called = callMargin(pledgeIn('margin call'), 'reportLoss', { reason: 'lost' }, party.warehouse, now);
  expect(called).toMatchObject({ state: 'margin call', marginCall: { reason: 'lost', at: now, cureEndsAt: later } });
  expect(callMargin(pledgeIn('live'), 'holdReceipt', { reason: 'held' }, party.outsider, now).marginCall).toEqual({ reason: 'held', at: now, cureEndsAt: '2026-03-02T08:00:00.000Z' });
});

test('what is released stays held, on its way or lost, without the pledge', () => {
  expect(afterPledge(receiptIn('held'))).toMatchObject({ state: 'held', hold: { prior: 'active' } });
  expect(afterPledge(receiptIn('lost', { pledgeId: 'PL-1', financier: party.financier, settler: party.settler }))).toEqual(receiptIn('lost'));
  expect(afterPledge(receiptIn('in transit', { pledgeId: 'PL-1' }))).toMatchObject({ state: 'in transit', transit: { prior: 'active' } });
  expect(releasePledge(pledgeIn('repaid'), receiptIn('pledged'), party.owner, now).receipt).toEqual(receiptIn('active'));
});

test('custody is complete with both ends of the carriage', () => {
  const events = (...steps: string[]) => steps.map((bizStep) => ({ bizStep })) as never[];
  expect(() => requireCompleteCustody(receiptIn('in transit'), events('loading', 'unloading'))).not.toThrow();
  for (const part of [['loading'], ['arriving'], []]) expect(codeOf(() => requireCompleteCustody(receiptIn('in transit'), events(...part)))).toBe('EVIDENCE_MISSING');
  for (const destination of [party.warehouse, party.owner]) expect(codeOf(() => shipReceipt(receiptIn('active'), { carrier: party.carrier, destination, eventIds: [], shippedAt: now, dueAt: later, at: now }, party.warehouse))).toBe('INVALID_INPUT');
});
