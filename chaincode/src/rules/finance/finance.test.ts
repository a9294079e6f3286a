import type { HoldingSkeleton, HoldingState } from '@dualchain/model';
import * as fc from 'fast-check';
import { asking, certificate, earlier, holding, later, locked, msp, now, proposal, quote } from '../testing/claims';
import { codeOf } from '../testing/refusal';
import { cancelFinance, confirmPayout, lockForFinance, requestQuotes, requirePayoutOpenable, withdrawQuotes } from './finance';
import type { QuoteRequest } from './finance';

const wanted: QuoteRequest = { id: 'tx-1', financiers: [msp.financier, msp.rival], recourse: 'without', expiresAt: later, at: now };
const request = (change: Partial<QuoteRequest> = {}, of: HoldingSkeleton = holding()) => requestQuotes(of, { ...wanted, ...change }, certificate(), msp.owner);
const accepted = quote({ state: 'accepted' });
const confirm = (of: HoldingSkeleton, state: 'active' | 'due' | 'settled' = 'active') => confirmPayout(of, accepted, certificate({ state }), 'REG-1', msp.settler, now);
const prior = fc.constantFrom<HoldingState>('free', 'financed');

test('a request names the financiers and locks the holding', () => {
  expect(request()).toEqual({ ...holding(), state: 'quotes open', proposal: { id: 'tx-1', kind: 'quotes', prior: 'free', financiers: [msp.financier, msp.rival], recourse: 'without', expiresAt: later, offeredAt: now } });
  for (const financier of [msp.owner, msp.obligor, msp.settler]) expect(codeOf(() => request({ financiers: [financier] }))).toBe('INVALID_INPUT');
  expect(codeOf(() => request({ financiers: [msp.financier, msp.financier] }))).toBe('INVALID_INPUT');
  expect(codeOf(() => request({ expiresAt: now }))).toBe('EXPIRED');
  expect(codeOf(() => requestQuotes(holding(), wanted, certificate({ state: 'due' }), msp.owner))).toBe('CERTIFICATE_NOT_ACTIVE');
});

test('withdrawing and cancelling restore exactly what was before, re-discounted holdings too', () => {
  fc.assert(
    fc.property(prior, (state) => {
      const before = holding({ state, ...(state === 'financed' ? { recourse: [{ from: msp.owner, to: msp.stranger }] } : {}) });
      const asked = request({}, before);
      expect(withdrawQuotes(asked, msp.owner)).toEqual(before);
      const { holding: taken } = lockForFinance('tx-2', asked, quote(), certificate(), msp.owner, now);
      expect(taken).toEqual({ ...before, state: 'finance locked', proposal: { id: 'tx-2', kind: 'finance', prior: state, quoteId: 'Q-1', financier: msp.financier, recourse: 'without', expiresAt: later, offeredAt: now } });
      for (const caller of [msp.owner, msp.financier]) expect(cancelFinance(taken, false, caller, now)).toEqual(before);
    }),
  );
});

test('once the pay-out was opened, the owner waits for the expiry and the financier need not', () => {
  expect(codeOf(() => cancelFinance(locked(), true, msp.owner, now))).toBe('NOT_YET');
  expect(cancelFinance(locked(), true, msp.financier, now)).toEqual(holding());
  expect(cancelFinance(locked(), true, msp.owner, later)).toEqual(holding());
});

test('only a quote for this very request, open and unexpired, is accepted', () => {
  const accept = (of: HoldingSkeleton, change: Parameters<typeof quote>[0] = {}) => lockForFinance('tx-2', of, quote(change), certificate(), msp.owner, now);
  expect(accept(asking()).quote).toEqual(accepted);
  expect(codeOf(() => accept(asking(), { expiresAt: now }))).toBe('EXPIRED');
  expect(codeOf(() => accept(asking({ id: 'tx-9' })))).toBe('WRONG_STATE');
  expect(codeOf(() => accept(asking(), { state: 'accepted' }))).toBe('WRONG_STATE');
  expect(codeOf(() => accept(asking(), { state: 'paid out' }))).toBe('WRONG_STATE');
  expect(codeOf(() => lockForFinance('tx-2', asking(), quote(), certificate({ state: 'due' }), msp.owner, now))).toBe('CERTIFICATE_NOT_ACTIVE');
});

test('the settler is shown only what the holding is locked for', () => {
  for (const caller of [msp.owner, msp.financier]) requirePayoutOpenable(locked(), accepted, caller, now);
  expect(codeOf(() => requirePayoutOpenable(locked(), quote({ id: 'Q-2', state: 'accepted' }), msp.owner, now))).toBe('WRONG_STATE');
  expect(codeOf(() => requirePayoutOpenable(asking(), quote(), msp.owner, now))).toBe('WRONG_STATE');
});

describe('pay-out', () => {
  test('makes the financier the owner, with all times and the registration', () => {
    const { proposal: _ended, ...rest } = locked();
    const { holding: owned, quote: paid } = confirm(locked());
    expect(owned).toEqual({ ...rest, state: 'financed', owner: msp.financier, tier: 1, assignments: [{ from: msp.owner, to: msp.financier, assignedAt: now, notifiedAt: now, registeredAt: now, registrationReference: 'REG-1' }] });
    expect(paid.state).toBe('paid out');
  });

  test('links the seller where the finance is with recourse, and keeps the links that were', () => {
    expect(confirm(locked({ recourse: 'with' })).holding.recourse).toEqual([{ from: msp.financier, to: msp.owner }]);
    const linked = { ...locked({ recourse: 'with' }), recourse: [{ from: msp.owner, to: msp.stranger }] };
    expect(confirm(linked).holding.recourse).toEqual([{ from: msp.owner, to: msp.stranger }, { from: msp.financier, to: msp.owner }]);
    expect(confirm({ ...locked(), recourse: linked.recourse }).holding.recourse).toEqual(linked.recourse);
  });

  test('is booked after the due date too, and not after settlement or cancelling', () => {
    expect(confirm(locked(), 'due').holding.owner).toBe(msp.financier);
    expect(codeOf(() => confirm(locked(), 'settled'))).toBe('CERTIFICATE_NOT_ACTIVE');
    expect(codeOf(() => confirm(holding()))).toBe('WRONG_STATE');
    expect(codeOf(() => confirm(locked({ quoteId: 'Q-2' })))).toBe('WRONG_STATE');
    expect(codeOf(() => confirm(holding({ state: 'finance locked', proposal: proposal({ kind: 'finance', quoteId: 'Q-1', financier: msp.financier, expiresAt: earlier }), owner: msp.owner }), 'settled'))).toBe('CERTIFICATE_NOT_ACTIVE');
  });
});
