import { canonicalJson, compareUtf8, eventHash, eventLinks, matches, parseContext, readQuery } from '@dualchain/model';
import type { EventRecord, EventsPage, JsonObject, QueryParameters } from '@dualchain/model';
import * as fc from 'fast-check';
import { indexEvent } from '../../ledger';
import type { CallOf } from '../../ledger';
import { MemoryLedger } from '../../ledger/testing/memory-ledger';
import { MAX_EVENT_READS, MAX_ROWS, queryEvents } from './query-events';

/** Milliseconds that a property may take on a busy machine. */
const LONG = 120_000;
const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();
const items = [1, 2, 3].map((serial) => `https://id.gs1.org/01/09524001000124/21/${serial}`);
const lots = ['A', 'B'].map((lot) => `https://id.gs1.org/01/09524001000124/10/${lot}`);
const places = ['https://id.gs1.org/414/9524001002005', 'https://id.gs1.org/414/9524001002005/254/x', 'urn:x:place'];
const orders = ['urn:x:po-1', 'urn:x:po-2'];

interface Captured {
  readonly transactionId: string;
  readonly capturedAt: string;
  readonly events: readonly JsonObject[];
}

/** As captureEvents writes them: each event once, with its index rows and its batch. */
async function ledgerWith(captures: readonly Captured[]): Promise<{ ledger: MemoryLedger; records: EventRecord[] }> {
  const ledger = new MemoryLedger();
  const records = new Map<string, EventRecord>();
  await ledger.transact(async ({ state }) => {
    for (const { transactionId, capturedAt, events } of captures) {
      const fresh: string[] = [];
      for (const event of events) {
        const { id } = eventHash(event, parseContext(undefined));
        if (records.has(id)) continue;
        const record: EventRecord = { id, reporter: 'FarmMSP', capturedAt, transactionId, batch: transactionId, context: null, event };
        records.set(id, record);
        fresh.push(id);
        await state.index('event', [id], record);
        await indexEvent({ state }, id, eventLinks(event));
      }
      await state.index('batch', [transactionId], { id: transactionId, reporter: 'FarmMSP', events: fresh });
      await state.index('captured', [capturedAt, transactionId]);
    }
  });
  return { ledger, records: [...records.values()] };
}

const ask = (ledger: MemoryLedger, query: QueryParameters): Promise<EventsPage> => ledger.transact((call) => queryEvents({ ...call, input: { query } } as unknown as CallOf<never>));

async function askAll(ledger: MemoryLedger, query: QueryParameters): Promise<string[]> {
  const ids: string[] = [];
  for (let token: string | undefined, first = true; first || token !== undefined; first = false) {
    const page = await ask(ledger, { ...query, ...(token === undefined ? {} : { nextPageToken: token }) });
    ids.push(...page.events.map(({ id }) => id));
    token = page.nextPageToken;
  }
  return ids;
}

const some = <T>(of: readonly T[], max = of.length) => fc.uniqueArray(fc.constantFrom(...of), { minLength: 1, maxLength: max });
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const optional = (fields: Record<string, unknown>): JsonObject => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

const when = (minute: number) => ({ eventTime: at(minute), eventTimeZoneOffset: '+00:00' });
const event: fc.Arbitrary<JsonObject> = fc
  .record({ minute: fc.integer({ min: 0, max: 20 }), epcs: some(items), classes: some(lots), step: maybe(fc.constantFrom('shipping', 'receiving')), point: maybe(fc.constantFrom(...places)), location: maybe(fc.constantFrom(...places)), order: maybe(some(orders)), made: fc.boolean() })
  .map(({ minute, epcs, classes, step, point, location, order, made }) => {
    const quantities = classes.map((epcClass) => ({ epcClass, quantity: 1 }));
    const common = optional({ ...when(minute), bizStep: step, readPoint: point && { id: point }, bizLocation: location && { id: location }, bizTransactionList: order?.map((bizTransaction) => ({ type: 'po', bizTransaction })) });
    return made ? { type: 'TransformationEvent', ...common, inputEPCList: epcs, outputQuantityList: quantities, transformationID: 'urn:x:t' } : { type: 'ObjectEvent', action: 'OBSERVE', ...common, epcList: epcs, quantityList: quantities };
  });
const captures = fc.array(fc.tuple(fc.integer({ min: 21, max: 60 }), fc.array(event, { minLength: 1, maxLength: 6 })), { maxLength: 8 }).map((list) => list.map(([minute, events], n): Captured => ({ transactionId: `tx${n}`, capturedAt: at(minute), events })));
const order = fc.constantFrom<QueryParameters>({}, { orderBy: 'eventTime' }, { orderBy: 'eventTime', orderDirection: 'ASC' }, { orderBy: 'recordTime' }, { orderBy: 'recordTime', orderDirection: 'ASC' });
const query = fc
  .tuple(
    fc.record({
      MATCH_epc: maybe(some([...items, 'urn:epc:idpat:sgtin:9524001.000012.*', 'urn:epc:idpat:sgtin:9524001.*.*'], 2)),
      MATCH_anyEPCClass: maybe(some([...lots, 'urn:epc:class:lgtin:9524001.000012.*'], 2)),
      EQ_bizStep: maybe(some(['shipping', 'receiving'])),
      EQ_readPoint: maybe(some(places)),
      WD_bizLocation: maybe(some(places)),
      EQ_bizTransaction_po: maybe(some(orders)),
      EQ_transformationID: maybe(fc.constant('urn:x:t')),
      GE_eventTime: maybe(fc.integer({ min: 0, max: 20 }).map(at)),
      LT_eventTime: maybe(fc.integer({ min: 0, max: 20 }).map(at)),
      GE_recordTime: maybe(fc.integer({ min: 21, max: 60 }).map(at)),
      LT_recordTime: maybe(fc.integer({ min: 21, max: 60 }).map(at)),
      perPage: fc.integer({ min: 1, max: 5 }),
    }),
    order,
    fc.integer({ min: 0, max: 6 }),
  )
  // Few parameters at once, so that something answers.
  .map(([all, ordered, keep]) => ({ ...optional(Object.fromEntries(Object.entries(all).filter(([name], index) => name === 'perPage' || (index + keep) % 3 === 0))), ...ordered }) as QueryParameters);

const unanswerable = (asked: QueryParameters) => asked['orderBy'] === 'eventTime' && !Object.keys(asked).some((name) => /^(?:MATCH|EQ|WD)_/.test(name));

test('every page together gives exactly the events that answer, each once, in the order asked for', async () => {
  let answered = 0;
  await fc.assert(
    fc.asyncProperty(captures, query, async (list, asked) => {
      fc.pre(!unanswerable(asked));
      const { ledger, records } = await ledgerWith(list);
      const read = readQuery(asked);
      const expected = records.filter((record) => matches(read, { id: record.id, recordTime: record.capturedAt, links: eventLinks(record.event), event: record.event, context: undefined, declarations: [] }));
      const ids = await askAll(ledger, asked);
      expect([...ids].sort(compareUtf8)).toEqual(expected.map(({ id }) => id).sort(compareUtf8));
      answered += ids.length;
      if (read.orderBy !== undefined) {
        const byId = new Map(records.map((record) => [record.id, read.orderBy === 'eventTime' ? eventLinks(record.event).time : record.capturedAt]));
        const times = ids.map((id) => byId.get(id)!);
        expect(times).toEqual([...times].sort((a, b) => (read.direction === 'ASC' ? compareUtf8(a, b) : compareUtf8(b, a))));
      }
    }),
    { numRuns: 400 },
  );
  expect(answered).toBeGreaterThan(500);
}, LONG);

const observed = (minute: number, epc: string): JsonObject => ({ type: 'ObjectEvent', action: 'OBSERVE', ...when(minute), epcList: [epc], bizStep: 'shipping' });

test('eventCountLimit ends the answer, maxEventCount refuses a larger one, over all pages', async () => {
  const { ledger } = await ledgerWith([{ transactionId: 'tx', capturedAt: at(30), events: Array.from({ length: 7 }, (_, minute) => observed(minute, items[0]!)) }]);
  const epc = { MATCH_epc: items[0]!, perPage: 2 };
  expect(await askAll(ledger, { ...epc, eventCountLimit: 5 })).toHaveLength(5);
  expect(await askAll(ledger, { ...epc, maxEventCount: 7 })).toHaveLength(7);
  await expect(askAll(ledger, { ...epc, maxEventCount: 6 })).rejects.toMatchObject({ code: 'TOO_LARGE' });
});

test('a page that read enough ends before it is full, says so, and the next one goes on', async () => {
  const events = Array.from({ length: MAX_EVENT_READS + 5 }, (_, n) => ({ ...observed(n, items[0]!), action: n === MAX_EVENT_READS + 2 ? 'DELETE' : 'OBSERVE' }));
  const { ledger } = await ledgerWith([{ transactionId: 'tx', capturedAt: at(5_000), events }]);
  const asked = { EQ_bizStep: 'shipping', EQ_action: 'DELETE' };
  const first = await ask(ledger, asked);
  expect(first).toMatchObject({ events: [], scanned: MAX_EVENT_READS, nextPageToken: expect.any(String) as string });
  const second = await ask(ledger, { ...asked, nextPageToken: first.nextPageToken! });
  expect([second.events.length, second.scanned, second.nextPageToken]).toEqual([1, 5, undefined]);
}, LONG);

test('an index by time is entered at the time asked for: events before and after it are not read', async () => {
  const { ledger } = await ledgerWith([{ transactionId: 'tx', capturedAt: at(500), events: Array.from({ length: 300 }, (_, minute) => observed(minute, items[0]!)) }]);
  const before = ledger.reads;
  const page = await ask(ledger, { MATCH_epc: items[0]!, GE_eventTime: at(280), LT_eventTime: at(290) });
  expect([page.events.length, page.scanned]).toEqual([10, 10]);
  expect(ledger.reads - before).toBeLessThanOrEqual(12);
});

test('rows that only their pattern brings up, and not their time, are bounded too', async () => {
  const { ledger } = await ledgerWith([]);
  await ledger.transact(async ({ state }) => {
    for (let serial = 0; serial < MAX_ROWS + 5; serial += 1) await state.index('subject', [`https://id.gs1.org/01/09524001000124/21/${serial}`, at(0), 'e'], { type: 'ObjectEvent' });
  });
  const asked = { MATCH_epc: 'urn:epc:idpat:sgtin:9524001.000012.*', GE_eventTime: at(1) };
  const first = await ask(ledger, asked);
  expect(first).toMatchObject({ events: [], scanned: 0, nextPageToken: expect.any(String) as string });
  expect(await ask(ledger, { ...asked, nextPageToken: first.nextPageToken! })).toEqual({ events: [], scanned: 0 });
  await expect(ask(ledger, { ...asked, orderBy: 'eventTime' })).rejects.toMatchObject({ code: 'TOO_LARGE' });
}, LONG);

test.each(['bm9uc2Vuc2U', Buffer.from(canonicalJson({ query: 'x', range: 0, position: ['a'], given: 0 })).toString('base64url')])('a foreign token is refused: %s', async (nextPageToken) => {
  const { ledger } = await ledgerWith([]);
  await expect(ask(ledger, { EQ_bizStep: 'shipping', nextPageToken })).rejects.toMatchObject({ code: 'INVALID_INPUT', message: expect.stringContaining('nextPageToken') as string });
});

test('events that are ordered by recordTime, which their index does not have, are sorted only up to a bound', async () => {
  const { ledger } = await ledgerWith([{ transactionId: 'tx', capturedAt: at(5_000), events: Array.from({ length: 2_001 }, (_, minute) => observed(minute, items[0]!)) }]);
  await expect(ask(ledger, { EQ_bizStep: 'shipping', orderBy: 'recordTime' })).rejects.toMatchObject({ code: 'TOO_LARGE', message: expect.stringContaining('GE_eventTime') as string });
  expect((await ask(ledger, { EQ_bizStep: 'shipping', orderBy: 'recordTime', GE_eventTime: at(1_000), perPage: 3 })).events).toHaveLength(3);
}, LONG);
