import { sealRecord, fieldRoot } from '@dualchain/model';
import type { CreditLineTerms, CreditReservationTerms, SealedRecord } from '@dualchain/model';
import * as fc from 'fast-check';
import { certificate, earlier, later, msp, now } from '../testing/claims';
import { codeOf, shownBy } from '../testing/refusal';
import { changeCreditLine, closeCreditLine, releaseCredit, requireBoundLine, requireReserved, reserveCredit, setCreditLine } from './credit-line';
import type { OpenLine } from './credit-line';

const { line, terms } = setCreditLine('L-1', msp.obligor, { limit: '900100', currency: 'CNY' }, msp.financier, now);
const open: OpenLine = { line: { ...line, root: 'r' }, terms };
const wanted = { certificateId: 'C-9', expiresAt: later, amount: '700200', at: now };
const reserved = (from = open, change: Partial<typeof wanted> = {}) => reserveCredit(from, { ...wanted, ...change }, undefined, msp.obligor);
const seal = <Fields extends object>(type: string, id: string, fields: Fields) => sealRecord(new Uint8Array(32).fill(3), type, id, Object.fromEntries(Object.entries(fields))) as SealedRecord & Fields;

test('a financier gives another organisation a line', () => {
  expect(line).toEqual({ id: 'L-1', financier: msp.financier, obligor: msp.obligor, state: 'open', setAt: now });
  expect(terms).toEqual({ financier: msp.financier, obligor: msp.obligor, currency: 'CNY', limit: '900100', used: '0' });
  expect(codeOf(() => setCreditLine('L-1', msp.financier, { limit: '1', currency: 'CNY' }, msp.financier, now))).toBe('INVALID_INPUT');
});

test('whatever is reserved, released and changed in whatever order, what is used is the sum of what is reserved and never above the limit', () => {
  const command = fc.record({ what: fc.constantFrom('reserve', 'release', 'change'), amount: fc.bigInt({ min: 1n, max: 400_000n }) });
  fc.assert(
    fc.property(fc.array(command, { maxLength: 40 }), (commands) => {
      let now_ = open;
      const standing: { readonly amount: string; readonly reservation: ReturnType<typeof reserved>['reservation'] }[] = [];
      for (const [index, { what, amount: size }] of commands.entries()) {
        const amount = size.toString();
        if (what === 'reserve') {
          const fits = BigInt(now_.terms.used) + size <= BigInt(now_.terms.limit);
          const step = () => reserved(now_, { certificateId: `C-${index}`, amount });
          if (!fits) expect(codeOf(step)).toBe('CREDIT_LINE_EXCEEDED');
          else {
            const after = step();
            now_ = after;
            standing.push({ amount, reservation: after.reservation });
          }
        } else if (what === 'change') {
          const limit = (size * 3n).toString();
          if (BigInt(limit) < BigInt(now_.terms.used)) expect(codeOf(() => changeCreditLine(now_, limit, msp.financier))).toBe('CREDIT_LINE_EXCEEDED');
          else now_ = changeCreditLine(now_, limit, msp.financier);
        } else {
          const last = standing.pop();
          if (last !== undefined) now_ = releaseCredit(now_, { ...last.reservation, root: 'r' }, last.amount, undefined, msp.obligor, later);
        }
        expect(BigInt(now_.terms.used)).toBe(standing.reduce((sum, each) => sum + BigInt(each.amount), 0n));
        expect(BigInt(now_.terms.used) <= BigInt(now_.terms.limit)).toBe(true);
      }
    }),
  );
});

test('refusals show no figure', () => {
  const full = reserved();
  for (const refusal of [() => reserved(full), () => changeCreditLine(full, '700199', msp.financier)]) {
    expect(codeOf(refusal)).toBe('CREDIT_LINE_EXCEEDED');
    expect(shownBy(refusal)).not.toMatch(/\d{3}/);
  }
});

test('each verb has its party', () => {
  for (const caller of Object.values(msp)) {
    if (caller !== msp.financier) expect([codeOf(() => changeCreditLine(open, '1', caller)), codeOf(() => closeCreditLine(open.line, caller))]).toEqual(['NOT_A_PARTY', 'NOT_A_PARTY']);
    if (caller !== msp.obligor) expect(codeOf(() => reserveCredit(open, wanted, undefined, caller))).toBe('NOT_A_PARTY');
    if (caller !== msp.obligor && caller !== msp.financier) expect(codeOf(() => releaseCredit(open, { ...reserved().reservation, root: 'r' }, '1', undefined, caller, later))).toBe('NOT_A_PARTY');
  }
});

test('nothing is reserved on a closed line, for a certificate that is there, or until a time that is past', () => {
  const closed = { ...open, line: closeCreditLine(open.line, msp.financier) };
  expect(closed.line.state).toBe('closed');
  expect(codeOf(() => reserved(closed))).toBe('WRONG_STATE');
  expect(codeOf(() => reserveCredit(open, wanted, certificate({ id: 'C-9' }), msp.obligor))).toBe('WRONG_STATE');
  expect(codeOf(() => reserved(open, { expiresAt: earlier }))).toBe('EXPIRED');
});

test('room comes back when the certificate has ended, or was never issued; also on a closed line', () => {
  const after = reserved();
  const reservation = { ...after.reservation, root: 'r' };
  const release = (on: ReturnType<typeof certificate> | undefined, at = now, from: OpenLine = after) => releaseCredit(from, reservation, '700200', on, msp.financier, at);
  const uses = (state: 'active' | 'due' | 'settled' | 'cancelled' | 'replaced') => certificate({ id: 'C-9', creditLineId: 'L-1', state });
  for (const state of ['settled', 'cancelled', 'replaced'] as const) expect(release(uses(state))).toMatchObject({ terms: { used: '0' }, reservation: { state: 'released', releasedAt: now } });
  for (const state of ['active', 'due'] as const) expect(codeOf(() => release(uses(state), later))).toBe('NOT_YET');
  expect(codeOf(() => release(undefined))).toBe('NOT_YET');
  expect(release(undefined, later).reservation.state).toBe('released');
  // Issued under the same id, but without this line: it never used the room.
  expect(release(certificate({ id: 'C-9' })).terms.used).toBe('0');
  expect(release(uses('settled'), now, { ...after, line: { ...after.line, state: 'closed' } }).line.state).toBe('closed');
  expect(codeOf(() => releaseCredit(after, { ...reservation, state: 'released' }, '700200', uses('settled'), msp.obligor, now))).toBe('WRONG_STATE');
});

test('a certificate takes exactly what was reserved for it', () => {
  const { reservation: made, reserved: fields } = reserved();
  const record = seal<CreditReservationTerms>('creditReservation', 'L-1/C-9', fields);
  const reservation = { ...made, root: fieldRoot(record) };
  const issue = { obligor: msp.obligor, face: 700200n, currency: 'CNY', at: now };
  expect(() => requireReserved(reservation, record, issue)).not.toThrow();
  const refused: readonly [string, () => void][] = [
    ['CREDIT_LINE_EXCEEDED', () => requireReserved(reservation, record, { ...issue, face: 700201n })],
    ['CREDIT_LINE_EXCEEDED', () => requireReserved(reservation, record, { ...issue, face: 700199n })],
    ['CREDIT_LINE_EXCEEDED', () => requireReserved(reservation, record, { ...issue, currency: 'EUR' })],
    ['EXPIRED', () => requireReserved(reservation, record, { ...issue, at: later })],
    ['NOT_A_PARTY', () => requireReserved(reservation, record, { ...issue, obligor: msp.stranger })],
    ['WRONG_STATE', () => requireReserved({ ...reservation, state: 'released' }, record, issue)],
    ['NOT_GENUINE', () => requireReserved(reservation, seal('creditReservation', 'L-1/C-9', { ...fields, amount: '700201' }), { ...issue, face: 700201n })],
  ];
  for (const [code, refusal] of refused) {
    expect(codeOf(refusal)).toBe(code);
    expect(shownBy(refusal)).not.toMatch(/7002/);
  }
});

test('only the present record of a line is its record', () => {
  const record = seal<CreditLineTerms>('creditLine', 'L-1', terms);
  const bound = { ...line, root: fieldRoot(record) };
  expect(requireBoundLine(bound, record).terms).toEqual(terms);
  expect(codeOf(() => requireBoundLine(bound, seal('creditLine', 'L-1', { ...terms, limit: '9001000' })))).toBe('NOT_GENUINE');
  expect(codeOf(() => requireBoundLine(bound, seal('creditLine', 'L-2', terms)))).toBe('NOT_GENUINE');
  expect(codeOf(() => requireBoundLine({ ...bound, financier: msp.rival }, record))).toBe('NOT_GENUINE');
});
