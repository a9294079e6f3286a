import type { HoldingSkeleton } from '@dualchain/model';
import * as fc from 'fast-check';
import { certificate, claimed, earlier, holding, later, msp, now } from '../testing/claims';
import { codeOf } from '../testing/refusal';
import { buyBack, claimRecourse, sellerOf, withdrawRecourse } from './recourse';
import { registerAssignment } from './registration';

const defaulted = certificate({ state: 'defaulted', defaultedAt: now });
const policy = { recourseDays: 1 };
const sold = (change: Partial<HoldingSkeleton> = {}) => holding({ state: 'financed', owner: msp.financier, tier: 1, recourse: [{ from: msp.financier, to: msp.supplier }], ...change });

test('recourse is claimed after the default, in time, by whom the last link belongs to', () => {
  expect(claimRecourse('tx-1', sold(), defaulted, policy, msp.financier, now)).toEqual({ ...sold(), state: 'recourse claimed', proposal: { id: 'tx-1', kind: 'recourse', prior: 'financed', seller: msp.supplier, expiresAt: later, offeredAt: now } });
  for (const state of ['active', 'due', 'overdue', 'settled'] as const) expect(codeOf(() => claimRecourse('tx-1', sold(), certificate({ state }), policy, msp.financier, now))).toBe('WRONG_STATE');
  expect(codeOf(() => claimRecourse('tx-1', sold(), defaulted, policy, msp.financier, later))).toBe('NO_RECOURSE');
  for (const recourse of [[], [{ from: msp.rival, to: msp.supplier }], [{ from: msp.financier, to: msp.supplier }, { from: msp.rival, to: msp.financier }]]) expect(codeOf(() => claimRecourse('tx-1', sold({ recourse }), defaulted, policy, msp.financier, now))).toBe('NO_RECOURSE');
  expect(withdrawRecourse(claimRecourse('tx-1', sold(), defaulted, policy, msp.financier, now), msp.financier)).toEqual(sold());
});

test('several sellers form a path that is gone back to its end, whoever they are', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.constantFrom('A', 'B', 'C', 'D', 'E'), { minLength: 2, maxLength: 5 }), (path) => {
      const links = path.slice(1).map((from, index) => ({ from, to: path[index] ?? '' }));
      let each = holding({ state: 'financed', owner: path.at(-1) ?? '', tier: links.length, recourse: links });
      for (const seller of path.slice(0, -1).reverse()) {
        expect(sellerOf(each)).toBe(seller);
        each = buyBack(claimRecourse('tx', each, defaulted, policy, each.owner, now), defaulted, msp.authority, msp.settler, now);
        expect(each).toMatchObject({ state: 'bought back', owner: seller, standIn: msp.authority, tier: links.length });
        expect(each.proposal).toBeUndefined();
      }
      expect(each.recourse).toBeUndefined();
      expect(codeOf(() => claimRecourse('tx', each, defaulted, policy, each.owner, now))).toBe('NO_RECOURSE');
    }),
  );
});

test('the obligor is notified of a buy-back only where it keeps the terms itself', () => {
  expect(buyBack(claimed(), defaulted, msp.authority, msp.settler, now).assignments).toEqual([{ from: msp.financier, to: msp.supplier, assignedAt: now }]);
  const kept = buyBack(claimed(), defaulted, msp.obligor, msp.settler, now);
  expect(kept.assignments).toEqual([{ from: msp.financier, to: msp.supplier, assignedAt: now, notifiedAt: now }]);
  expect(kept.standIn).toBeUndefined();
});

test('the last assignment is registered once, at the time of the transaction', () => {
  const first = { from: 'A', to: 'B', assignedAt: earlier, notifiedAt: earlier };
  const passed = holding({ assignments: [first, { ...first, from: 'B', to: msp.owner }] });
  expect(registerAssignment(passed, 'REG', msp.settler, msp.owner, now)).toEqual({ ...passed, assignments: [first, { ...first, from: 'B', to: msp.owner, registeredAt: now, registrationReference: 'REG' }] });
  expect(codeOf(() => registerAssignment(holding(), 'REG', msp.settler, msp.owner, now))).toBe('WRONG_STATE');
  expect(codeOf(() => registerAssignment(holding({ assignments: [{ ...first, registeredAt: earlier }] }), 'REG', msp.settler, msp.settler, now))).toBe('ALREADY_EXISTS');
});
