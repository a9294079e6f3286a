import * as fc from 'fast-check';
import { rangeOf, splitRange } from '../holding/ranges';
import { asking, certificate, holding, locked, msp, offered, terms } from '../testing/claims';
import { codeOf, shownBy } from '../testing/refusal';
import { closeCertificate, requireClosable, requirePresentable, settleHoldings } from './settlement';

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
    for (const state of ['spent', 'redeemed', 'locked', 'cancelled'] as const) expect(codeOf(() => settle([holding({ state })]))).toBe('WRONG_STATE');
    expect(codeOf(() => settle([holding({ certificateId: 'C-2' })]))).toBe('INVALID_INPUT');
    for (const state of ['proposed', 'issued', 'active', 'settled', 'cancelled'] as const) expect(codeOf(() => settleHoldings(certificate({ state }), [holding()], 'digest', msp.settler))).toBe('WRONG_STATE');
  });
});

test('only live holdings of the due certificate are presented', () => {
  requirePresentable(due, [holding(), asking(), locked()].map((each, index) => ({ ...each, id: `H-${index}` })), msp.obligor);
  for (const state of ['spent', 'redeemed', 'cancelled'] as const) expect(codeOf(() => requirePresentable(due, [holding({ state })], msp.obligor))).toBe('WRONG_STATE');
  expect(codeOf(() => requirePresentable(due, [holding({ certificateId: 'C-2' })], msp.obligor))).toBe('INVALID_INPUT');
  expect(codeOf(() => requirePresentable(certificate(), [holding()], msp.obligor))).toBe('WRONG_STATE');
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

  test('is refused with a holding that was not paid, of another certificate, or named twice', () => {
    const [a, b] = [paid('A', 1n, 10n), paid('B', 11n, 20n)];
    expect(codeOf(() => close([a, { ...b, holding: holding({ id: 'B', state: 'free' }) }], 20n))).toBe('WRONG_STATE');
    expect(codeOf(() => close([a, { ...b, holding: holding({ id: 'B', state: 'redeemed', certificateId: 'C-2' }) }], 20n))).toBe('INVALID_INPUT');
    expect(codeOf(() => close([a, a], 20n))).toBe('INVALID_INPUT');
    expect(codeOf(() => requireClosable(certificate(), msp.obligor))).toBe('WRONG_STATE');
    requireClosable(due, msp.settler);
  });
});
