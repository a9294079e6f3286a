import type { FreezeSkeleton } from '@dualchain/model';
import { certificate, holding, msp } from '../rules/testing/claims';
import { frozenAmong, requireNotFrozen, requireReceiptsNotFrozen, writeFreeze } from './freezes';
import { MemoryLedger } from './testing/memory-ledger';
import type { MemoryCall } from './testing/memory-ledger';

const [one, other] = [holding({ id: 'H-1' }), holding({ id: 'H-2' })];
const order = (change: Partial<FreezeSkeleton> = {}): FreezeSkeleton => ({ orderId: 'O-1', scopeType: 'holding', scopeId: 'H-1', certificateId: 'C-1', author: msp.authority, state: 'in force', reason: 'court order', frozenAt: '2026-11-24T08:00:00.000Z', endsAt: '2026-11-24T09:00:00.000Z', ...change });
const check = (ledger: MemoryLedger, holdings = [one, other], at?: string, of = certificate()) => ledger.transact((call) => requireNotFrozen(at === undefined ? call : { ...call, at }, of, holdings).then(() => 'free', ({ code }: { code: string }) => code));
const write = (ledger: MemoryLedger, freeze: FreezeSkeleton) => ledger.transact((call: MemoryCall) => writeFreeze(call, freeze));

test('nothing is frozen, at one read for each', async () => {
  const ledger = new MemoryLedger();
  expect(await check(ledger)).toBe('free');
  expect(ledger.reads).toBe(3);
  const { authority: _none, ...without } = certificate();
  ledger.reads = 0;
  expect(await check(ledger, [one], undefined, without)).toBe('free');
  expect(ledger.reads).toBe(0);
});

test('a holding is frozen until the end of its order, and no other one is', async () => {
  const ledger = new MemoryLedger();
  await write(ledger, order());
  expect(await check(ledger)).toBe('FROZEN');
  expect(await check(ledger, [other])).toBe('free');
  expect(await check(ledger, [one], '2026-11-24T09:00:00.000Z')).toBe('free');
  expect(await ledger.transact((call) => frozenAmong(call, certificate(), [one, other]))).toEqual([true, false]);
});

test('a certificate is frozen with all its holdings', async () => {
  const ledger = new MemoryLedger();
  await write(ledger, order({ scopeType: 'certificate', scopeId: 'C-1' }));
  expect(await check(ledger, [])).toBe('FROZEN');
  expect(await ledger.transact((call) => frozenAmong(call, certificate(), [one, other]))).toEqual([true, true]);
  expect(await check(ledger, [one], undefined, certificate({ id: 'C-2' }))).toBe('free');
});

test('another order extends; lifting one leaves the other', async () => {
  const ledger = new MemoryLedger();
  await write(ledger, order());
  await write(ledger, order({ orderId: 'O-2', endsAt: '2026-11-24T10:00:00.000Z' }));
  expect(await check(ledger, [one], '2026-11-24T09:30:00.000Z')).toBe('FROZEN');
  await write(ledger, order({ orderId: 'O-2', endsAt: '2026-11-24T10:00:00.000Z', state: 'lifted' }));
  expect(await check(ledger, [one], '2026-11-24T09:30:00.000Z')).toBe('free');
  expect(await check(ledger)).toBe('FROZEN');
});

test('what others write in the name of the authority freezes nothing, however much of it there is', async () => {
  const ledger = new MemoryLedger();
  const forge = (count: number) => ledger.transact(async ({ state }) => {
    for (let index = 0; index < count; index += 1) await state.create('freeze', ['holding', 'H-1', `F-${index}`], order({ orderId: `F-${index}` }), msp.rival);
  });
  await forge(500);
  expect(await check(ledger)).toBe('free');
  // An anchor in a collection of their own is none of the authority.
  await write(ledger, order({ orderId: 'F-9', author: msp.rival }));
  expect(await check(ledger)).toBe('free');
});

test('beside a true order a forged one does not count', async () => {
  const ledger = new MemoryLedger();
  await write(ledger, order());
  await ledger.transact(({ state }) => state.create('freeze', ['holding', 'H-1', 'F-1'], order({ orderId: 'F-1', endsAt: '2030-01-01T00:00:00.000Z' }), msp.rival));
  expect(await check(ledger, [one], '2026-11-24T09:00:00.000Z')).toBe('free');
});

test('a warehouse receipt is frozen by itself: another one, and a holding of the same name, are not', async () => {
  const ledger = new MemoryLedger();
  const receipts = (...ids: string[]) => ids.map((id) => ({ id, authority: msp.authority }));
  const stored = (...of: { readonly id: string; readonly authority?: string }[]) => ledger.transact((call) => requireReceiptsNotFrozen(call, of).then(() => 'free', ({ code }: { code: string }) => code));
  await write(ledger, order({ scopeType: 'receipt', scopeId: 'H-1' }));
  expect(await stored(...receipts('H-2', 'H-1'))).toBe('FROZEN');
  expect(await stored(...receipts('H-2'))).toBe('free');
  expect(await stored({ id: 'H-1' })).toBe('free');
  expect(await check(ledger)).toBe('free');
});
