import { lateFeeOf } from '@dualchain/model';
import * as fc from 'fast-check';
import { joinRanges, rangeOf, sizeOf, splitRange } from '../holding/ranges';
import { agreed, asking, certificate, holding, locked, msp, netting, now, offered, pledging, settlingEarly, terms } from '../testing/claims';
import { codeOf, shownBy } from '../testing/refusal';
import { closeCertificate, requireClosable, requireLateFee, requirePresentable, settleHoldings, settlePart, tallyCertificate } from './settlement';

const due = certificate({ state: 'due' });
const settle = (holdings: Parameters<typeof settleHoldings>[1], caller: string = msp.settler) => settleHoldings(due, holdings, 'digest', caller);

describe('settlement', () => {
  test('redeems every live holding for its present owner; a proposal that is still open ends', () => {
    for (const live of [holding(), holding({ state: 'financed' }), offered(), asking(), locked()]) {
      const { proposal: _ended, ...rest } = live;
      expect(settle([live])).toEqual([{ ...rest, state: 'redeemed', redeemedBy: 'digest' }]);
    }
  });

  test('pays one owner at a time, and nothing twice', () => {
    expect(codeOf(() => settle([holding(), holding({ id: 'H-2', owner: msp.receiver })]))).toBe('INVALID_INPUT');
    expect(codeOf(() => settle([holding(), holding()]))).toBe('INVALID_INPUT');
    // One owner, but a pledged holding is paid to its financier; and two owners who pledged to the same one.
    const pledged = { ...pledging(), id: 'H-2' };
    expect(settle([pledged]).map(({ state }) => state)).toEqual(['redeemed']);
    expect(codeOf(() => settle([holding(), pledged]))).toBe('INVALID_INPUT');
    expect(codeOf(() => settle([{ ...pledging(), owner: msp.receiver }, pledged]))).toBe('INVALID_INPUT');
    for (const state of ['spent', 'redeemed', 'locked', 'cancelled'] as const) expect(codeOf(() => settle([holding({ state })]))).toBe('WRONG_STATE');
    expect(codeOf(() => settle([holding({ certificateId: 'C-2' })]))).toBe('INVALID_INPUT');
    for (const state of ['proposed', 'issued', 'active', 'settled', 'cancelled', 'replaced'] as const) expect(codeOf(() => settleHoldings(certificate({ state }), [holding()], 'digest', msp.settler))).toBe('WRONG_STATE');
  });
});

test('only live holdings of the due certificate are presented', () => {
  requirePresentable(due, [holding(), asking(), locked()].map((each, index) => ({ ...each, id: `H-${index}` })), msp.obligor);
  for (const state of ['spent', 'redeemed', 'cancelled'] as const) expect(codeOf(() => requirePresentable(due, [holding({ state })], msp.obligor))).toBe('WRONG_STATE');
  expect(codeOf(() => requirePresentable(due, [holding({ certificateId: 'C-2' })], msp.obligor))).toBe('INVALID_INPUT');
  expect(codeOf(() => requirePresentable(certificate(), [holding()], msp.obligor))).toBe('WRONG_STATE');
  // An owner shows what it holds and nothing else, because the obligor may be gone.
  requirePresentable(certificate({ state: 'defaulted' }), [holding({ owner: msp.financier })], msp.financier);
  expect(codeOf(() => requirePresentable(due, [holding(), holding({ id: 'H-2', owner: msp.receiver })], msp.owner))).toBe('NOT_A_PARTY');
});

describe('a part payment', () => {
  const live = [holding(), holding({ state: 'financed', recourse: [{ from: msp.owner, to: msp.receiver }] }), offered(), asking({ prior: 'financed' }), locked(), settlingEarly(), netting(), agreed()];
  const part = (amount: bigint) => ({ paidId: 'P-1', restId: 'P-2', amount, digest: 'digest', at: now });
  const whole = sizeOf(rangeOf(terms));

  test('redeems the first units and leaves the rest to the same owner, to the minor unit', () => {
    fc.assert(
      fc.property(fc.constantFrom(...live), fc.bigInt({ min: 1n, max: whole - 1n }), (parent, amount) => {
        const { parent: spent, paid, rest, paidTerms, restTerms } = settlePart(due, parent, terms, part(amount), msp.settler);
        const { proposal, ...unlocked } = parent;
        expect(spent).toEqual({ ...unlocked, state: 'spent', children: ['P-1', 'P-2'] });
        expect(rest).toMatchObject({ id: 'P-2', owner: parent.owner, state: proposal?.prior ?? parent.state, parents: ['H-1'] });
        expect(paid).toMatchObject({ id: 'P-1', owner: parent.owner, state: 'redeemed', redeemedBy: 'digest', parents: ['H-1'] });
        for (const each of [paid, rest]) expect([each.recourse, each.proposal, each.standIn]).toEqual([parent.recourse, undefined, undefined]);
        expect(sizeOf(rangeOf(paidTerms))).toBe(amount);
        expect(joinRanges([rangeOf(paidTerms), rangeOf(restTerms)])).toEqual(rangeOf(terms));
      }),
    );
  });

  test('again and again ends in exactly the whole, whatever the amounts', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt({ min: 1n, max: 900n }), { minLength: 1, maxLength: 8 }), (amounts) => {
        let [left, leftTerms, sum] = [holding(), terms, 0n];
        for (const [index, amount] of amounts.entries()) {
          const next = settlePart(due, left, leftTerms, { ...part(amount), paidId: `P-${index}`, restId: `R-${index}` }, msp.settler);
          sum += sizeOf(rangeOf(next.paidTerms));
          [left, leftTerms] = [{ ...next.rest, root: 'r' }, next.restTerms];
          if (sizeOf(rangeOf(leftTerms)) <= 900n) break;
        }
        expect(sum + sizeOf(rangeOf(leftTerms))).toBe(whole);
      }),
    );
  });

  test('of nothing, of everything or of more is none, and no refusal shows a figure', () => {
    for (const amount of [0n, whole, whole + 1n]) {
      const refused = () => settlePart(due, holding(), terms, part(amount), msp.settler);
      expect(['AMOUNT_TOO_SMALL', 'AMOUNT_MISMATCH']).toContain(codeOf(refused));
      expect(shownBy(refused)).not.toMatch(/\d{3}/);
    }
    expect(codeOf(() => settlePart(due, holding(), terms, { ...part(1n), restId: 'P-1' }, msp.settler))).toBe('INVALID_INPUT');
    expect(codeOf(() => settlePart(due, holding({ certificateId: 'C-2' }), terms, part(1n), msp.settler))).toBe('INVALID_INPUT');
  });

  test('of a defaulted certificate is kept by the authority in the place of the obligor', () => {
    const { paid, rest } = settlePart(certificate({ state: 'defaulted' }), holding(), terms, part(1n), msp.settler);
    expect([paid.standIn, rest.standIn]).toEqual([msp.authority, msp.authority]);
    const { authority: _none, ...without } = certificate({ state: 'defaulted' });
    expect(settlePart(without, holding(), terms, part(1n), msp.settler).rest).not.toHaveProperty('standIn');
  });
});

describe('the late fee', () => {
  const DAY = 86_400_000;
  const paidAt = (milliseconds: number) => new Date(Date.parse(due.dueDate) + milliseconds).toISOString();

  test('is nothing within the grace days and interest since the due date after them, actual/360, half up', () => {
    expect(lateFeeOf(due, 1_000_000n, paidAt(5 * DAY))).toBe(0n);
    // 18 % of 1,000,000 for 6 days of 360 begun: 3,000.
    expect(lateFeeOf(due, 1_000_000n, paidAt(5 * DAY + 1))).toBe(3_000n);
    expect(lateFeeOf(due, 1_000_000n, paidAt(6 * DAY))).toBe(3_000n);
    expect(lateFeeOf(due, 1_000_000n, paidAt(6 * DAY + 1))).toBe(3_500n);
    const half = { ...due, lateness: { graceDays: 0, defaultAfterDays: 0, lateFeeBps: 36 } };
    // A day costs a hundred-thousandth: half a minor unit rounds up, less rounds down.
    expect([49_999n, 50_000n, 149_999n, 150_000n].map((amount) => lateFeeOf(half, amount, paidAt(1)))).toEqual([0n, 1n, 1n, 2n]);
  });

  test('is within half a minor unit of the exact interest, never falls with time or amount', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 15n }), fc.integer({ min: 1, max: 400 }), fc.integer({ min: 0, max: 100_000 }), (amount, days, lateFeeBps) => {
        const of = { ...due, lateness: { graceDays: 0, defaultAfterDays: 0, lateFeeBps } };
        const fee = lateFeeOf(of, amount, paidAt(days * DAY));
        const error = fee * 3_600_000n - amount * BigInt(lateFeeBps) * BigInt(days);
        expect(error > -1_800_000n && error <= 1_800_000n).toBe(true);
        expect(lateFeeOf(of, amount, paidAt(days * DAY + 1)) >= fee).toBe(true);
        expect(lateFeeOf(of, amount + 1n, paidAt(days * DAY)) >= fee).toBe(true);
      }),
    );
  });

  test('that was paid must be the one that is owed; nothing of it shows', () => {
    const at = paidAt(6 * DAY);
    expect(requireLateFee(due, 1_000_000n, 3_000n, at)).toEqual({ amount: 1_000_000n, lateFee: 3_000n, discount: 0n });
    for (const stated of [0n, 2_999n, 3_001n]) {
      const refused = () => requireLateFee(due, 1_000_000n, stated, at);
      expect(codeOf(refused)).toBe('AMOUNT_MISMATCH');
      expect(shownBy(refused)).not.toMatch(/3000|2999|3001|1000000|1800/);
    }
  });
});

describe('close', () => {
  const paid = (id: string, from: bigint, to: bigint) => ({ holding: holding({ id, state: 'redeemed' }), terms: { ...terms, from: from.toString(), to: to.toString() } });
  const close = (holdings: ReturnType<typeof paid>[], face: bigint, caller: string = msp.obligor) => closeCertificate(due, face, holdings, caller);

  test('needs every unit of the face, paid once', () => {
    const sizes = fc.array(fc.bigInt({ min: 1n, max: 10n ** 12n }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(sizes, fc.nat(), (amounts, dropped) => {
        const face = amounts.reduce((a, b) => a + b);
        const holdings = splitRange(rangeOf({ from: '1', to: face.toString() }), amounts).map(({ from, to }, index) => paid(`H-${index}`, from, to));
        expect(close(holdings, face)).toEqual({ ...due, state: 'settled' });
        expect(close([...holdings].reverse(), face, msp.settler).state).toBe('settled');
        const missing = () => close(holdings.filter((_, index) => index !== dropped % holdings.length), face);
        expect(codeOf(missing)).toBe('AMOUNT_MISMATCH');
        expect(shownBy(missing)).not.toMatch(/\d/);
      }),
    );
  });

  test('in several transactions counts every unit once, in order', () => {
    const sizes = fc.array(fc.bigInt({ min: 1n, max: 10n ** 12n }), { minLength: 3, maxLength: 30 });
    fc.assert(
      fc.property(sizes, fc.nat(), (amounts, at) => {
        const face = amounts.reduce((a, b) => a + b);
        const holdings = splitRange(rangeOf({ from: '1', to: face.toString() }), amounts).map(({ from, to }, index) => paid(`H-${index}`, from, to));
        const cut = 1 + (at % (holdings.length - 1));
        const covered = tallyCertificate(due, 0n, holdings.slice(0, cut), msp.settler);
        expect(covered.toString()).toBe(holdings[cut - 1]?.terms.to);
        expect(closeCertificate(due, face, holdings.slice(cut), msp.obligor, covered).state).toBe('settled');
        for (const wrong of [holdings, holdings.slice(cut - 1), holdings.slice(cut + 1)]) expect(codeOf(() => closeCertificate(due, face, wrong, msp.obligor, covered))).toBe('AMOUNT_MISMATCH');
        expect(codeOf(() => tallyCertificate(due, 0n, holdings.slice(1), msp.settler))).toBe('AMOUNT_MISMATCH');
      }),
    );
    expect(codeOf(() => tallyCertificate(due, 0n, [{ ...paid('H-1', 1n, 2n), holding: holding() }], msp.settler))).toBe('WRONG_STATE');
    expect(codeOf(() => tallyCertificate(due, 0n, [paid('H-1', 1n, 2n)], msp.supplier))).toBe('NOT_A_PARTY');
  });

  test('is refused with a holding that was not paid, of another certificate, or named twice', () => {
    const [a, b] = [paid('A', 1n, 10n), paid('B', 11n, 20n)];
    expect(codeOf(() => close([a, { ...b, holding: holding({ id: 'B', state: 'free' }) }], 20n))).toBe('WRONG_STATE');
    expect(codeOf(() => close([a, { ...b, holding: holding({ id: 'B', state: 'redeemed', certificateId: 'C-2' }) }], 20n))).toBe('INVALID_INPUT');
    expect(codeOf(() => close([a, a], 20n))).toBe('INVALID_INPUT');
    for (const state of ['issued', 'settled', 'replaced'] as const) expect(codeOf(() => requireClosable(certificate({ state }), 'closeCertificate', msp.obligor))).toBe('WRONG_STATE');
    for (const state of ['active', 'due', 'overdue', 'defaulted'] as const) requireClosable(certificate({ state }), 'closeCertificate', msp.settler);
  });
});
