import * as fc from 'fast-check';
import { certificate, earlier, holding, later, loan, msp, now, pledging, terms } from '../testing/claims';
import { codeOf, shownBy } from '../testing/refusal';
import { acceptPledge, confirmLoan, draftLoan, endPledge, enforcePledge, loanStateNow, offerPledge, payeeOf, requireSecured } from './pledge';

const wanted = { id: 'L-1', financier: msp.financier, loanDueAt: later, at: now };
const offer = (change: Parameters<typeof loan>[0] = {}, expiresAt = later, at = now) => offerPledge('tx-2', holding(), loan(change), certificate(), expiresAt, msp.owner, at);

test('the owner drafts a loan against a free holding', () => {
  const { root: _sealedLater, ...skeleton } = loan({ draftedAt: now });
  expect(draftLoan(holding(), wanted, certificate(), msp.owner)).toEqual(skeleton);
  for (const caller of [msp.financier, msp.obligor, msp.settler, msp.authority]) expect(codeOf(() => draftLoan(holding(), wanted, certificate(), caller))).toBe('NOT_A_PARTY');
  expect(codeOf(() => draftLoan(pledging(), wanted, certificate(), msp.owner))).toBe('HOLDING_NOT_FREE');
  expect(codeOf(() => draftLoan(holding(), wanted, certificate({ state: 'due' }), msp.owner))).toBe('CERTIFICATE_NOT_ACTIVE');
  expect(codeOf(() => draftLoan(holding(), { ...wanted, loanDueAt: now }, certificate(), msp.owner))).toBe('EXPIRED');
  for (const financier of [msp.owner, msp.obligor, msp.settler]) expect(codeOf(() => draftLoan(holding(), { ...wanted, financier }, certificate(), msp.owner))).toBe('INVALID_INPUT');
});

test('a loan is secured to the minor unit, and no refusal shows a figure', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 20_000n }), (principal) => {
      const check = () => requireSecured({ principal: principal.toString(), rateBps: 1 }, terms);
      if (principal <= 5000n) check();
      else {
        expect(codeOf(check)).toBe('AMOUNT_MISMATCH');
        expect(shownBy(check)).not.toMatch(/\d/);
      }
    }),
  );
});

test('only a loan for this very holding, not paid out before, is offered a pledge', () => {
  expect(offer()).toEqual({ ...holding(), state: 'pledge offered', proposal: { id: 'tx-2', kind: 'pledge', prior: 'free', financier: msp.financier, loanId: 'L-1', loanDueAt: later, expiresAt: later, offeredAt: now } });
  for (const change of [{ holdingId: 'H-2' }, { owner: msp.receiver }, { state: 'paid out' as const }]) expect(codeOf(() => offer(change))).toBe('WRONG_STATE');
  expect(codeOf(() => offer({}, now))).toBe('EXPIRED');
  expect(codeOf(() => offer({ loanDueAt: now }))).toBe('EXPIRED');
});

test('what is refused, withdrawn or repaid is exactly as it was before', () => {
  expect(endPledge(offer(), 'withdrawPledge', msp.owner)).toEqual(holding());
  const accepted = acceptPledge(offer(), certificate(), msp.financier, now);
  for (const each of [offer(), accepted]) expect(endPledge(each, 'refusePledge', msp.financier)).toEqual(holding());
  const { holding: pledged, loan: paid } = confirmLoan(accepted, loan(), certificate(), 'REG', msp.settler, now);
  expect(pledged).toMatchObject({ state: 'pledged', owner: msp.owner, proposal: { registeredAt: now, registrationReference: 'REG' } });
  expect(endPledge(pledged, 'releasePledge', msp.financier)).toEqual(holding());
  expect([loanStateNow(loan(), pledged), loanStateNow(paid, pledged), loanStateNow(paid, holding()), loanStateNow(paid, pledging('pledged', { loanId: 'L-2' }))]).toEqual(['drafted', 'paid out', 'ended', 'ended']);
  expect(codeOf(() => acceptPledge(offer(), certificate(), msp.financier, later))).toBe('EXPIRED');
});

test('money that was paid is booked on a due certificate, for this loan, once', () => {
  const locked = pledging('pledge locked');
  expect(confirmLoan(locked, loan(), certificate({ state: 'due' }), 'REG', msp.settler, now).holding.state).toBe('pledged');
  expect(codeOf(() => confirmLoan(locked, loan(), certificate({ state: 'defaulted' }), 'REG', msp.settler, now))).toBe('CERTIFICATE_NOT_ACTIVE');
  expect(codeOf(() => confirmLoan(locked, loan({ id: 'L-2' }), certificate(), 'REG', msp.settler, now))).toBe('WRONG_STATE');
  expect(codeOf(() => confirmLoan(locked, loan({ state: 'paid out' }), certificate(), 'REG', msp.settler, now))).toBe('WRONG_STATE');
});

test('enforcement waits for the loan to be due, and has the rank of the pledge', () => {
  expect(codeOf(() => enforcePledge(pledging(), certificate(), msp.financier, now))).toBe('NOT_YET');
  const { proposal: _ended, ...rest } = pledging();
  expect(enforcePledge(pledging(), certificate(), msp.financier, later)).toEqual({ ...rest, owner: msp.financier, state: 'financed', tier: 1, assignments: [{ from: msp.owner, to: msp.financier, assignedAt: later, notifiedAt: later, registeredAt: earlier, registrationReference: 'REG-L' }] });
  expect(codeOf(() => enforcePledge(pledging(), certificate({ state: 'settled' }), msp.financier, later))).toBe('CERTIFICATE_NOT_ACTIVE');
});

test('the financier is paid for a pledged holding, the owner for every other', () => {
  expect(payeeOf(pledging())).toBe(msp.financier);
  for (const each of [holding(), pledging('pledge offered'), pledging('pledge locked')]) expect(payeeOf(each)).toBe(msp.owner);
});
