import { lateFeeOf } from '@dualchain/model';
import { certificate, earlier, holding, msp, now, offered, terms } from '../testing/claims';
import { codeOf } from '../testing/refusal';
import { depositAmounts, directEscrow, payIntoEscrow, releaseEscrow, requireDeposit } from './escrow';

const due = certificate({ state: 'due' });
const deposit = (holdings = [holding()], frozen: readonly boolean[] = holdings.map(() => true), on = due, caller: string = msp.settler) => payIntoEscrow(on, holdings, frozen, 'digest', caller);
const escrowed = holding({ state: 'escrowed', redeemedBy: 'digest', escrow: { deposit: 'digest' } });
const others = [...new Set(Object.values(msp))].filter((mspId) => mspId !== msp.settler);

test('money for a frozen holding lies with the settler; the owner stays and an open proposal ends', () => {
  expect(deposit()).toEqual([escrowed]);
  expect(deposit([offered()])[0]).toEqual(escrowed);
});

test('only what is frozen, of one owner, of this certificate, each once', () => {
  expect(codeOf(() => deposit([holding(), holding({ id: 'H-2' })], [true, false]))).toBe('WRONG_STATE');
  expect(codeOf(() => deposit([holding(), holding({ id: 'H-2', owner: msp.receiver })]))).toBe('INVALID_INPUT');
  expect(codeOf(() => deposit([holding(), holding()]))).toBe('INVALID_INPUT');
  expect(codeOf(() => deposit([holding({ certificateId: 'C-2' })]))).toBe('INVALID_INPUT');
});

test('of a certificate that is to be paid, by its settler', () => {
  for (const state of ['due', 'partly settled', 'overdue', 'defaulted'] as const) expect(deposit([holding()], [true], certificate({ state }))[0]?.state).toBe('escrowed');
  for (const state of ['active', 'disputed', 'settled', 'cancelled'] as const) expect(codeOf(() => deposit([holding()], [true], certificate({ state })))).toBe('WRONG_STATE');
  for (const caller of others) expect(codeOf(() => deposit([holding()], [true], due, caller))).toBe('NOT_A_PARTY');
  for (const state of ['escrowed', 'redeemed', 'spent', 'cancelled'] as const) expect(codeOf(() => deposit([holding({ state })]))).toBe('WRONG_STATE');
});

test('a deposit is accounted for by its settler: its units, and the late fee of the day on which it was paid in', () => {
  const payment = { digest: 'd', settler: msp.settler, purpose: 'escrow', holdingIds: ['H-1', 'H-2'], certificateId: 'C-1', paidTo: msp.settler, at: now } as const;
  for (const caller of others) expect(codeOf(() => requireDeposit(payment, caller))).toBe('NOT_A_PARTY');
  for (const purpose of ['settlement', 'escrow release', 'payout'] as const) expect(codeOf(() => requireDeposit({ ...payment, purpose }, msp.settler))).toBe('WRONG_STATE');
  expect(() => requireDeposit(payment, msp.settler)).not.toThrow();
  const units = [{ ...terms, from: '1', to: '400' }, { ...terms, from: '401', to: '1000' }];
  const slow = certificate({ state: 'overdue', dueDate: earlier, lateness: { graceDays: 0, defaultAfterDays: 30, lateFeeBps: 10_000 } });
  expect(depositAmounts(payment, due, units)).toEqual({ amount: 1000n, lateFee: 0n, discount: 0n });
  expect(depositAmounts(payment, slow, units)).toEqual({ amount: 1000n, lateFee: lateFeeOf(slow, 1000n, now), discount: 0n });
  expect(lateFeeOf(slow, 1000n, now)).toBeGreaterThan(0n);
});

test('the money goes to the owner, or to whom the latest order of the authority names', () => {
  expect(releaseEscrow(escrowed, due, msp.settler)).toEqual({ holding: { ...escrowed, state: 'redeemed' }, paidTo: msp.owner, ordered: false });
  const first = directEscrow(escrowed, 'O-1', msp.stranger, msp.authority);
  expect(first).toEqual({ ...escrowed, escrow: { deposit: 'digest', beneficiary: msp.stranger, orderId: 'O-1' } });
  const second = directEscrow(first, 'O-2', msp.authority, msp.authority);
  expect(releaseEscrow(second, due, msp.settler)).toMatchObject({ paidTo: msp.authority, ordered: true, holding: { state: 'redeemed', owner: msp.owner } });
});

test('nobody else directs or releases, and nothing twice', () => {
  for (const caller of others) expect(codeOf(() => releaseEscrow(escrowed, due, caller))).toBe('NOT_A_PARTY');
  for (const caller of Object.values(msp).filter((mspId) => mspId !== msp.authority)) expect(codeOf(() => directEscrow(escrowed, 'O-1', msp.stranger, caller))).toBe('NOT_A_PARTY');
  const { holding: released } = releaseEscrow(escrowed, due, msp.settler);
  expect(codeOf(() => releaseEscrow(released, due, msp.settler))).toBe('WRONG_STATE');
  expect(codeOf(() => directEscrow(released, 'O-1', msp.stranger, msp.authority))).toBe('WRONG_STATE');
  expect(codeOf(() => directEscrow(holding(), 'O-1', msp.stranger, msp.authority))).toBe('WRONG_STATE');
});
