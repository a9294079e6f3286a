import { eventLinks, subjectEntry } from '@dualchain/model';
import type { JsonObject, SubjectEntry } from '@dualchain/model';
import * as fc from 'fast-check';
import { eventLookup, eventsLookup, indexDeclaration, indexEvent } from './event-index';
import { SubjectRows } from './subject-rows';
import { MemoryLedger } from './testing/memory-ledger';

/** Milliseconds that a property may take on a busy machine. */
const LONG = 60_000;
const entry: SubjectEntry = { type: 'ObjectEvent', action: 'OBSERVE' };
const lot = (product: string, number: number) => `https://id.gs1.org/01/${product}/10/${String(number).padStart(4, '0')}`;
const time = (n: number) => new Date(Date.UTC(2026, 0, 1) + n * 1000).toISOString();

async function ledgerWith(rows: readonly (readonly [id: string, count: number])[]): Promise<MemoryLedger> {
  const ledger = new MemoryLedger();
  await ledger.transact(async ({ state }) => {
    for (const [id, count] of rows) for (let n = 0; n < count; n += 1) await state.index('subject', [id, time(n), `e${n}`], entry);
    await state.index('step', ['shipping', time(0), 'e0']);
    await state.index('transaction', ['po', '1', time(0), 'e0']);
  });
  return ledger;
}

const read = (ledger: MemoryLedger, ids: readonly string[], limit = 20_000) =>
  ledger.transact(async ({ stub }) => {
    const rows = new SubjectRows(stub);
    const found = await rows.read(ids, limit);
    return { counts: Object.fromEntries([...found].map(([id, list]) => [id, list.map((row) => row.eventId)])), messages: rows.messages, read: rows.rows };
  });

test('whatever is asked for of whatever is there: all rows of each, in order, and of no other', async () => {
  const id = fc.oneof(fc.tuple(fc.constantFrom('095', '0950', '096'), fc.integer({ min: 0, max: 40 })).map(([product, number]) => lot(product, number)), fc.constantFrom('a', 'ab', 'b', 'é', '\uffff', 'z/'));
  const some = fc.uniqueArray(fc.tuple(id, fc.integer({ min: 1, max: 30 })), { maxLength: 40, selector: ([name]) => name });
  await fc.assert(
    fc.asyncProperty(some, fc.array(id, { maxLength: 40 }), fc.integer({ min: 1, max: 40 }), async (rows, ids, limit) => {
      const there = new Map(rows);
      const expected = Object.fromEntries([...new Set(ids)].flatMap((each) => (there.has(each) ? [[each, Array.from({ length: Math.min(there.get(each)!, limit + 1) }, (_, n) => `e${n}`)] as const] : [])));
      expect((await read(await ledgerWith(rows), ids, limit)).counts).toEqual(expected);
    }),
    { numRuns: 300 },
  );
}, LONG);

test('neighbours share messages; what lies far apart costs one each and few rows more', async () => {
  const all = Array.from({ length: 2_000 }, (_, number) => lot('095', number));
  const ledger = await ledgerWith(all.map((id) => [id, 3]));
  const together = await read(ledger, all.slice(500, 1_000));
  expect(Object.keys(together.counts)).toHaveLength(500);
  expect(together.messages).toBeLessThanOrEqual(6);
  expect(together.read).toBeLessThanOrEqual(2_000);
  const apart = await read(ledger, all.filter((_, index) => index % 40 === 0));
  expect(Object.keys(apart.counts)).toHaveLength(50);
  expect(apart.messages).toBeLessThanOrEqual(55);
  expect(apart.read).toBeLessThanOrEqual(3_000);
}, LONG);

test('one with thousands of rows takes few messages', async () => {
  const { counts, messages } = await read(await ledgerWith([[lot('095', 1), 2], [lot('095', 2), 5_000], [lot('095', 3), 1]]), [lot('095', 2), lot('095', 3)]);
  expect(Object.values(counts).map((list) => list.length)).toEqual([5_000, 1]);
  expect(messages).toBeLessThanOrEqual(15);
}, LONG);

test('many identifiers at once are read as one by one: events declared to be errors, and those too long for the index', async () => {
  const long = Array.from({ length: 400 }, (_, i) => `urn:x:${'long'.repeat(20)}:${i}`);
  const events = [
    { type: 'AggregationEvent', action: 'ADD', eventTime: time(1), eventTimeZoneOffset: '+00:00', parentID: 'urn:x:pallet', childEPCs: long },
    { type: 'TransformationEvent', eventTime: time(2), eventTimeZoneOffset: '+00:00', inputEPCList: ['urn:x:a'], outputEPCList: ['urn:x:b'] },
  ] as JsonObject[];
  const ledger = new MemoryLedger();
  await ledger.transact(async (call) => {
    for (const [index, event] of events.entries()) {
      const links = eventLinks(event);
      await indexEvent(call, `e${index}`, links);
      await call.state.index('event', [`e${index}`], { id: `e${index}`, event, context: null } as never);
      if (index === 1) await indexDeclaration(call, 'e1', links, time(3));
    }
  });
  expect(subjectEntry(eventLinks(events[0]!), 'urn:x:pallet').large).toBe(true);
  const ids = ['urn:x:pallet', 'urn:x:a', 'urn:x:b', long[7]!, 'urn:x:none'];
  await ledger.transact(async (call) => {
    const none = () => undefined;
    const atOnce = await eventsLookup(call, none)(ids);
    for (const id of ids) expect(atOnce.get(id) ?? []).toEqual(await eventLookup(call, none)(id));
    expect(atOnce.get('urn:x:a')?.[0]?.links.errorDeclaration).toEqual({ declarationTime: time(3) });
    expect(atOnce.get('urn:x:pallet')?.[0]?.links.epcs).toHaveLength(400);
  });
});
