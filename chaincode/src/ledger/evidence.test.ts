import { eventHash, eventLinks, parseContext } from '@dualchain/model';
import type { JsonObject, RecallFlag, RecallSkeleton } from '@dualchain/model';
import { originFlag } from '../rules/trace/recall';
import { recallFact, requireNoRecall, requireReportedEvents, standingFlags } from './evidence';
import { indexEvent } from './event-index';
import { spreadRecall, writeFlag } from './recall-flags';
import { MemoryLedger } from './testing/memory-ledger';

const x = (name: string) => `urn:x:${name}`;
const make = (hour: number, input: string, output: string): JsonObject => ({ type: 'TransformationEvent', eventTime: `2026-01-01T0${hour}:00:00Z`, eventTimeZoneOffset: '+00:00', inputQuantityList: [{ epcClass: x(input) }], outputQuantityList: [{ epcClass: x(output) }] });
const idOf = (event: JsonObject) => eventHash(event, parseContext(undefined)).id;
const recall: RecallSkeleton = { id: 'R', author: 'RegulatorMSP', lot: x('a'), reasonClass: 'contamination', reason: 'found', state: 'open', openedAt: '2026-11-24T08:00:00.000Z' };

/** Events of one reporter; `anchored` false: written by altered chaincode without the reporter's peer. */
async function capture(ledger: MemoryLedger, reporter: string, events: readonly JsonObject[], { anchored = true, batch = `tx-${reporter}` } = {}): Promise<void> {
  await ledger.transact(async (call) => {
    for (const event of events) {
      const id = idOf(event);
      await call.state.create('event', [id], { id, reporter, capturedAt: call.at, transactionId: batch, batch, context: null, event }, reporter);
      await indexEvent(call, id, eventLinks(event));
    }
    const record = { id: batch, reporter, events: events.map(idOf) };
    await call.state.create('batch', [batch], record, reporter);
    if (anchored) await call.anchors.put('batch', [batch], record, reporter);
  });
}
async function openAndSpread(ledger: MemoryLedger, { anchored = true } = {}): Promise<void> {
  await ledger.transact(async (call) => {
    await call.state.create('recall', [recall.id], recall, recall.author);
    if (anchored) await call.anchors.put('recall', [recall.id], recallFact(recall), recall.author);
    await writeFlag(call, originFlag(recall), recall.author, true);
  });
  await ledger.transact((call) => spreadRecall(call, recall, 50));
}
const standing = (ledger: MemoryLedger, lot: string) => ledger.transact((call) => standingFlags(call, x(lot)));
const forge = (ledger: MemoryLedger, flag: Partial<RecallFlag> & { lot: string }) => ledger.transact((call) => writeFlag(call, { recallId: recall.id, at: call.at, ...flag }, recall.author, false));

describe('a recall flag counts by its proof', () => {
  test('along the whole way from the recalled lot', async () => {
    const ledger = new MemoryLedger();
    await capture(ledger, 'FarmMSP', [make(1, 'a', 'b')]);
    await capture(ledger, 'ProcessorMSP', [make(2, 'b', 'c')]);
    await openAndSpread(ledger);
    for (const lot of ['a', 'b', 'c']) expect(await standing(ledger, lot)).toHaveLength(1);
    await expect(ledger.transact((call) => requireNoRecall(call, [x('z'), x('c')], 'it backs no new finance'))).rejects.toMatchObject({ code: 'RECALLED', details: { lot: x('c'), recallId: 'R' } });
    await ledger.transact((call) => requireNoRecall(call, [x('z')], 'it backs no new finance'));
  });

  test('rework: a way round in a circle is proved from where it began', async () => {
    const ledger = new MemoryLedger();
    await capture(ledger, 'FarmMSP', [make(1, 'a', 'b'), make(2, 'b', 'c'), make(3, 'c', 'b')]);
    await openAndSpread(ledger);
    expect((await standing(ledger, 'b')).map((flag) => flag.from).sort()).toEqual([x('a'), x('c')]);
  });

  test('not without the anchor of the author of the recall', async () => {
    const ledger = new MemoryLedger();
    await capture(ledger, 'FarmMSP', [make(1, 'a', 'b')]);
    await openAndSpread(ledger, { anchored: false });
    expect(await standing(ledger, 'b')).toEqual([]);
  });

  test('not over an event that its reporter did not anchor, or declared to be an error', async () => {
    const ledger = new MemoryLedger();
    await capture(ledger, 'FarmMSP', [make(1, 'a', 'b')], { anchored: false });
    await openAndSpread(ledger);
    expect(await standing(ledger, 'b')).toEqual([]);

    const other = new MemoryLedger();
    await capture(other, 'FarmMSP', [make(1, 'a', 'b')]);
    await openAndSpread(other);
    const id = idOf(make(1, 'a', 'b'));
    await other.transact(async ({ state, at }) => state.update('event', [id], { ...(await state.require('event', id)), declarations: [{ transactionId: 'later', capturedAt: at, errorDeclaration: {} }] }));
    expect(await standing(other, 'b')).toEqual([]);
  });

  test.each<[string, Partial<RecallFlag> & { lot: string }]>([
    ['a lot that is not the recalled one, without a way', { lot: x('q') }],
    ['an event that does not name the lot', { lot: x('q'), from: x('a'), eventId: idOf(make(1, 'a', 'b')), via: 'transformation', since: '2026-01-01T01:00:00.000Z' }],
    ['an event that does not exist', { lot: x('q'), from: x('a'), eventId: 'ni:///sha-256;00?ver=CBV2.0', via: 'transformation', since: '2026-01-01T01:00:00.000Z' }],
    ['a source that is not flagged', { lot: x('n'), from: x('m'), eventId: idOf(make(4, 'm', 'n')), via: 'transformation', since: '2026-01-01T04:00:00.000Z' }],
    ['an input consumed before the flagged goods came into it', { lot: x('early'), from: x('b'), eventId: idOf(make(0, 'b', 'early')), via: 'transformation', since: '2026-01-01T00:00:00.000Z' }],
    ['a way that proves itself', { lot: x('m'), from: x('m'), eventId: idOf(make(5, 'm', 'm')), via: 'transformation', since: '2026-01-01T05:00:00.000Z' }],
  ])('not if it is forged: %s', async (_, flag) => {
    const ledger = new MemoryLedger();
    await capture(ledger, 'FarmMSP', [make(1, 'a', 'b'), make(4, 'm', 'n'), make(0, 'b', 'early'), make(5, 'm', 'm')]);
    await openAndSpread(ledger);
    await forge(ledger, flag);
    expect(await ledger.transact((call) => standingFlags(call, flag.lot))).toEqual([]);
    expect(await standing(ledger, 'b')).toHaveLength(1);
  });
});

describe('events as evidence', () => {
  const event = make(1, 'a', 'b');
  const asked = (ledger: MemoryLedger, reporter: string) => ledger.transact((call) => requireReportedEvents(call, [idOf(event)], reporter));

  test('only by their own reporter, with its anchor', async () => {
    const ledger = new MemoryLedger();
    await capture(ledger, 'FarmMSP', [event]);
    expect(await asked(ledger, 'FarmMSP')).toHaveLength(1);
    await expect(asked(ledger, 'CarrierMSP')).rejects.toMatchObject({ code: 'EVIDENCE_MISSING', message: expect.stringContaining('was reported by FarmMSP') as string });
    const forged = new MemoryLedger();
    await capture(forged, 'FarmMSP', [event], { anchored: false });
    await expect(asked(forged, 'FarmMSP')).rejects.toMatchObject({ code: 'EVIDENCE_MISSING', message: expect.stringContaining('no anchor of FarmMSP') as string });
  });

  test('not once declared to be an error', async () => {
    const ledger = new MemoryLedger();
    await capture(ledger, 'FarmMSP', [event]);
    await ledger.transact(async ({ state, at }) => state.update('event', [idOf(event)], { ...(await state.require('event', idOf(event))), declarations: [{ transactionId: 'later', capturedAt: at, errorDeclaration: {} }] }));
    await expect(asked(ledger, 'FarmMSP')).rejects.toMatchObject({ code: 'EVIDENCE_MISSING', message: expect.stringContaining('declared to be an error') as string });
  });
});
