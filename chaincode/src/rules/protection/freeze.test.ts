import * as fc from 'fast-check';
import { certificate, earlier, holding, later, msp, now } from '../testing/claims';
import { party, receiptIn } from '../testing/collateral';
import { codeOf, refusalOf } from '../testing/refusal';
import { freezeCertificate, freezeHolding, freezeReceipt, freezeStateNow, liftFreeze, orderedContent, requireNoFreeze } from './freeze';

const order = { orderId: 'O-1', reason: 'court order', endsAt: later, at: now } as const;
const standing = freezeCertificate(certificate(), order, msp.authority);
const others = [...new Set(Object.values(msp))].filter((mspId) => mspId !== msp.authority);

test('the authority of the certificate freezes it or a holding of it', () => {
  expect(standing).toEqual({ orderId: 'O-1', scopeType: 'certificate', scopeId: 'C-1', certificateId: 'C-1', author: msp.authority, state: 'in force', reason: 'court order', frozenAt: now, endsAt: later });
  expect(freezeHolding(holding(), order, msp.authority)).toMatchObject({ scopeType: 'holding', scopeId: 'H-1', certificateId: 'C-1' });
  expect(orderedContent(standing)).not.toHaveProperty('state');
});

test.each(others)('nobody else freezes or lifts: %s', (caller) => {
  expect(codeOf(() => freezeCertificate(certificate(), order, caller))).toBe('NOT_A_PARTY');
  expect(codeOf(() => freezeHolding(holding(), order, caller))).toBe('NOT_A_PARTY');
  expect(codeOf(() => liftFreeze(standing, 'O-2', caller, now))).toBe('NOT_A_PARTY');
});

test('the authority of a warehouse receipt freezes it, once its depositor has consented and while it is live', () => {
  expect(freezeReceipt(receiptIn('active'), order, party.authority)).toEqual({ orderId: 'O-1', scopeType: 'receipt', scopeId: 'WR-1', author: party.authority, state: 'in force', reason: 'court order', frozenAt: now, endsAt: later });
  for (const caller of Object.values(party).filter((mspId) => mspId !== party.authority)) expect(codeOf(() => freezeReceipt(receiptIn('active'), order, caller))).toBe('NOT_A_PARTY');
  for (const state of ['active', 'transfer offered', 'pledge proposed', 'pledged', 'held', 'in transit', 'liquidating'] as const) expect(freezeReceipt(receiptIn(state), order, party.authority).state).toBe('in force');
  for (const state of ['draft', 'issued', 'spent', 'delivered', 'closed', 'lost', 'cancelled'] as const) expect(codeOf(() => freezeReceipt(receiptIn(state), order, party.authority))).toBe('WRONG_STATE');
});

test('a consortium without an authority freezes nothing', () => {
  const { authority: _none, ...without } = certificate();
  for (const caller of Object.values(msp)) expect(codeOf(() => freezeCertificate(without, order, caller))).toBe('NOT_A_PARTY');
});

test('only live claims, and only until a time ahead', () => {
  for (const state of ['proposed', 'issued', 'settled', 'cancelled', 'replaced'] as const) expect(codeOf(() => freezeCertificate(certificate({ state }), order, msp.authority))).toBe('WRONG_STATE');
  for (const state of ['active', 'due', 'overdue', 'defaulted', 'disputed'] as const) expect(freezeCertificate(certificate({ state }), order, msp.authority).state).toBe('in force');
  for (const state of ['locked', 'spent', 'redeemed', 'escrowed', 'cancelled'] as const) expect(codeOf(() => freezeHolding(holding({ state }), order, msp.authority))).toBe('WRONG_STATE');
  for (const state of ['free', 'transfer offered', 'quotes open', 'finance locked', 'financed'] as const) expect(freezeHolding(holding({ state }), order, msp.authority).state).toBe('in force');
  for (const endsAt of [earlier, now]) expect(codeOf(() => freezeCertificate(certificate(), { ...order, endsAt }, msp.authority))).toBe('EXPIRED');
});

test('an order ends by itself, to the millisecond, or is lifted before', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1_000_000, max: 1_000_000 }), (milliseconds) => {
      const at = new Date(Date.parse(later) + milliseconds).toISOString();
      expect(freezeStateNow(standing, at)).toBe(milliseconds < 0 ? 'in force' : 'ended');
      if (milliseconds < 0) expect(refusalOf(() => requireNoFreeze([standing], at))).toMatchObject({ code: 'FROZEN', details: { scopeId: 'C-1', orderId: 'O-1', endsAt: later } });
      else expect(() => requireNoFreeze([standing], at)).not.toThrow();
    }),
  );
  const lifted = liftFreeze(standing, 'O-2', msp.authority, now);
  expect(lifted).toEqual({ ...standing, state: 'lifted', liftedBy: 'O-2', liftedAt: now });
  expect(freezeStateNow(lifted, later)).toBe('lifted');
  expect(() => requireNoFreeze([lifted], now)).not.toThrow();
  expect(codeOf(() => liftFreeze(lifted, 'O-3', msp.authority, now))).toBe('WRONG_STATE');
  expect(codeOf(() => liftFreeze(standing, 'O-2', msp.authority, later))).toBe('WRONG_STATE');
});

test('another order extends: one of several in force is enough', () => {
  const longer = freezeCertificate(certificate(), { ...order, orderId: 'O-2', endsAt: '2026-04-01T00:00:00.000Z' }, msp.authority);
  expect(refusalOf(() => requireNoFreeze([standing, longer], later)).details).toMatchObject({ orderId: 'O-2' });
});
