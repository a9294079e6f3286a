import { canonicalId, eventLinks, traceClosure } from '@dualchain/model';
import type { EventLinks, JsonObject, RecallFlag, RecallSkeleton } from '@dualchain/model';
import * as fc from 'fast-check';
import { originFlag, wayOf } from '../rules/trace/recall';
import { eventLookup, indexEvent } from './event-index';
import { flagCaptured, flagsToClear, MAX_FLAGS, spreadRecall, writeFlag } from './recall-flags';
import { MemoryLedger } from './testing/memory-ledger';

/** Milliseconds that a property may take on a busy machine. */
const LONG = 60_000;

const x = (name: string) => `urn:x:${name}`;
const recall: RecallSkeleton = { id: 'R', author: 'RegulatorMSP', lot: x('lot-a'), reasonClass: 'contamination', reason: 'found', state: 'open', openedAt: '2026-11-24T08:00:00.000Z' };
type Event = { readonly id: string; readonly links: EventLinks };

const capture = (ledger: MemoryLedger, events: readonly Event[]) =>
  ledger.transact(async (call) => {
    const flagged = await flagCaptured(call, events.map(({ id, links }) => ({ id, links, subjects: links.subjects })));
    for (const { id, links } of events) await indexEvent(call, id, links);
    return flagged;
  });
const open = (ledger: MemoryLedger, of = recall) =>
  ledger.transact(async (call) => {
    await call.state.create('recall', [of.id], of, of.author);
    await writeFlag(call, originFlag(of), of.author, true);
  });
async function advance(ledger: MemoryLedger, limit: number, of = recall): Promise<number> {
  for (let steps = 1; steps < 500; steps += 1) if ((await ledger.transact((call) => spreadRecall(call, of, limit))).done) return steps;
  throw new Error('the recall never ends');
}
/** One step of closing, as the contract takes it; whether flags remain. */
const close = (ledger: MemoryLedger, of: RecallSkeleton, limit: number) =>
  ledger.transact(async (call) => {
    const { rest, clear } = await flagsToClear(call, of.id, limit);
    await clear();
    await call.state.update('recall', [of.id], { ...of, state: rest ? 'closing' : 'closed' });
    return rest;
  });
const flaggedLots = (ledger: MemoryLedger, of = recall) => [...new Set(ledger.values<RecallFlag>('recallFlag').flatMap((flag) => (flag.recallId === of.id ? [flag.lot] : [])))].sort();
async function descendants(events: readonly Event[], of = recall): Promise<string[]> {
  const result = await traceClosure({ direction: 'forward', start: of.lot, lookup: (subject) => events.filter(({ links }) => links.subjects.includes(subject)) });
  return result.nodes.map((node) => node.id).sort();
}

/** Attributes of the keys of one kind. */
const rowsOf = (ledger: MemoryLedger, type: string) => [...ledger.committed.keys()].filter((key) => key.startsWith(`\u0000${type}\u0000`)).map((key) => key.split('\u0000').slice(2, -1).join('/'));

const hour = (at: number) => `2026-01-01T${String(at).padStart(2, '0')}:00:00Z`;
const name = fc.constantFrom('a', 'b', 'c', 'd');
const names = fc.uniqueArray(name, { minLength: 1, maxLength: 2 });
const lots = names.map((list) => list.map((item) => ({ epcClass: x(`lot-${item}`), quantity: 5, uom: 'KGM' })));
const made = fc.oneof(
  fc.record({ type: fc.constant('TransformationEvent'), inputQuantityList: lots, outputQuantityList: lots }),
  fc.record({ type: fc.constant('TransformationEvent'), inputEPCList: names.map((list) => list.map(x)), outputQuantityList: lots }),
  fc.record({ type: fc.constant('TransformationEvent'), inputQuantityList: lots, transformationID: fc.constant(x('t')) }),
  fc.record({ type: fc.constant('TransformationEvent'), outputQuantityList: lots, transformationID: fc.constant(x('t')) }),
);
const packed = fc.oneof(
  fc.record({ type: fc.constantFrom('AggregationEvent', 'AssociationEvent'), action: fc.constantFrom('ADD', 'OBSERVE'), parentID: name.map(x), childEPCs: names.map((list) => list.map(x)) }),
  fc.record({ type: fc.constant('AggregationEvent'), action: fc.constant('ADD'), parentID: name.map(x), childQuantityList: lots }),
);
const unpacked = fc.record({ type: fc.constant('AggregationEvent'), action: fc.constant('DELETE'), parentID: name.map(x) });
const eventsOf = (list: readonly [number, object][]): Event[] => list.map(([at, fields], i) => ({ id: `e${i}`, links: eventLinks({ eventTime: hour(at), eventTimeZoneOffset: '+00:00', ...fields } as JsonObject) }));

describe('recall flags are the closure over descendants', () => {
  test('whatever the events, when all are captured before', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.integer({ min: 0, max: 12 }), fc.oneof(made, packed, unpacked)), { maxLength: 12 }), fc.integer({ min: 1, max: 4 }), async (list, limit) => {
        const events = eventsOf(list);
        const ledger = new MemoryLedger();
        await capture(ledger, events);
        await open(ledger);
        await advance(ledger, limit);
        expect(flaggedLots(ledger)).toEqual(await descendants(events));
        expect(ledger.values('recallFrontier')).toEqual([]);
      }),
      { numRuns: 100 },
    );
  }, LONG);

  test('whatever is captured before, while it spreads and after, in any order and any grouping', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.oneof(made, packed)), { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 5 }), fc.integer({ min: 0, max: 4 }), fc.integer({ min: 1, max: 3 }), async (groups, openAt, limit) => {
        const events = eventsOf(groups.flat());
        const ledger = new MemoryLedger();
        let captured = 0;
        for (const [i, group] of groups.entries()) {
          if (i === openAt) await open(ledger);
          // Half spread only: the capture comes in between.
          if (i > openAt) await ledger.transact((call) => spreadRecall(call, recall, limit));
          await capture(ledger, events.slice(captured, (captured += group.length)));
        }
        if (openAt >= groups.length) await open(ledger);
        await advance(ledger, limit);
        expect(flaggedLots(ledger)).toEqual(await descendants(events));
      }),
      { numRuns: 200 },
    );
  }, LONG);

  test('what is captured after it has spread is flagged at once, without another step', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.oneof(made, packed)), { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 5 }), async (groups) => {
        const events = eventsOf(groups.flat());
        const ledger = new MemoryLedger();
        await open(ledger);
        await advance(ledger, 10);
        let captured = 0;
        for (const group of groups) {
          await capture(ledger, events.slice(captured, (captured += group.length)));
          expect(flaggedLots(ledger)).toEqual(await descendants(events.slice(0, captured)));
        }
        expect(ledger.values('recallFrontier')).toEqual([]);
      }),
      { numRuns: 300 },
    );
  }, LONG);

  test('closing one of two recalls that overlap leaves the other exact, whatever is captured meanwhile', async () => {
    const other: RecallSkeleton = { ...recall, id: 'S', lot: x('lot-b') };
    const before = fc.array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.oneof(made, packed, unpacked)), { minLength: 3, maxLength: 8 });
    // What is unpacked later on leaves flags that stand: the goods were inside by what was known then.
    const some = fc.array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.oneof(made, packed)), { minLength: 1, maxLength: 4 });
    let overlaps = 0;
    await fc.assert(
      fc.asyncProperty(before, some, some, fc.integer({ min: 1, max: 4 }), async (first, second, third, limit) => {
        const events = eventsOf([...first, ...second, ...third]);
        const ledger = new MemoryLedger();
        await capture(ledger, events.slice(0, first.length));
        for (const each of [recall, other]) await open(ledger, each);
        await advance(ledger, limit, recall);
        await ledger.transact((call) => spreadRecall(call, other, limit));
        if (flaggedLots(ledger, recall).some((lot) => flaggedLots(ledger, other).includes(lot))) overlaps += 1;
        let captured = first.length;
        // Captures come between the steps that take the flags away, and after them.
        for (const group of [second, third]) {
          await close(ledger, recall, limit);
          await capture(ledger, events.slice(captured, (captured += group.length)));
        }
        while (await close(ledger, recall, limit));
        await advance(ledger, limit, other);
        expect(flaggedLots(ledger, recall)).toEqual([]);
        expect(flaggedLots(ledger, other)).toEqual(await descendants(events, other));
        expect(rowsOf(ledger, 'recallMark').filter((row) => row.startsWith('R/'))).toEqual([]);
        expect(rowsOf(ledger, 'recallMark')).toHaveLength(ledger.values('recallFlag').length);
        expect(rowsOf(ledger, 'recallFrontier')).toEqual([]);
      }),
      { numRuns: 200 },
    );
    expect(overlaps).toBeGreaterThan(20);
  }, LONG);

  const make = (id: string, at: number, input: string, output: string): Event => ({ id, links: eventLinks({ type: 'TransformationEvent', eventTime: hour(at), eventTimeZoneOffset: '+00:00', inputQuantityList: [{ epcClass: x(input) }], outputQuantityList: [{ epcClass: x(output) }] }) });

  test('what comes of a flagged lot is flagged in the same transaction, along the whole document', async () => {
    const ledger = new MemoryLedger();
    await open(ledger);
    await advance(ledger, 10);
    const flagged = await capture(ledger, [make('2', 2, 'lot-b', 'lot-c'), make('1', 1, 'lot-a', 'lot-b')]);
    expect(flagged.map(({ lot, from, eventId }) => [lot, from, eventId])).toEqual([[x('lot-b'), x('lot-a'), '1'], [x('lot-c'), x('lot-b'), '2']]);
    expect(ledger.values('recallFrontier')).toEqual([]);
  });

  test('more consequences than one capture flags are left to the next step', async () => {
    const ledger = new MemoryLedger();
    await open(ledger);
    await advance(ledger, 10);
    const events = Array.from({ length: MAX_FLAGS + 50 }, (_, i) => make(String(i), 1, 'lot-a', `out-${i}`));
    expect(await capture(ledger, events)).toHaveLength(MAX_FLAGS);
    expect(await advance(ledger, 100)).toBeGreaterThan(1);
    expect(flaggedLots(ledger)).toHaveLength(MAX_FLAGS + 51);
  });

  test('spreading again changes nothing; a closed recall flags nothing new', async () => {
    const ledger = new MemoryLedger();
    await capture(ledger, [make('1', 1, 'lot-a', 'lot-b')]);
    await open(ledger);
    await advance(ledger, 10);
    const before = new Map(ledger.committed);
    expect(await ledger.transact((call) => spreadRecall(call, recall, 10))).toEqual({ flagged: [], done: true });
    expect(ledger.committed).toEqual(before);
    await ledger.transact((call) => call.state.update('recall', [recall.id], { ...recall, state: 'closing' }));
    expect(await capture(ledger, [make('2', 2, 'lot-b', 'lot-c')])).toEqual([]);
  });

  test('a container emptied after it was flagged does not flag its next load', async () => {
    const box = (id: string, at: number, action: string, content?: string): Event => ({ id, links: eventLinks({ type: 'AggregationEvent', action, eventTime: hour(at), eventTimeZoneOffset: '+00:00', parentID: x('box'), ...(content === undefined ? {} : { childQuantityList: [{ epcClass: x(content), quantity: 1, uom: 'KGM' }] }) }) });
    const use = (id: string, at: number, output: string): Event => ({ id, links: eventLinks({ type: 'TransformationEvent', eventTime: hour(at), eventTimeZoneOffset: '+00:00', inputEPCList: [x('box')], outputQuantityList: [{ epcClass: x(output) }] }) });
    const ledger = new MemoryLedger();
    await open(ledger);
    await advance(ledger, 10);
    await capture(ledger, [box('1', 1, 'ADD', 'lot-a')]);
    expect(flaggedLots(ledger)).toEqual([x('box'), x('lot-a')]);
    await capture(ledger, [use('2', 2, 'soup')]);
    await capture(ledger, [box('3', 3, 'DELETE')]);
    await capture(ledger, [box('4', 4, 'ADD', 'other'), use('5', 5, 'stew')]);
    expect(flaggedLots(ledger)).toEqual([x('box'), x('lot-a'), x('soup')]);
  });

  test('a row whose key does not agree with its value is no flag', async () => {
    const ledger = new MemoryLedger();
    const flag: RecallFlag = { lot: x('lot-b'), recallId: 'R', from: x('lot-a'), eventId: '1', via: 'transformation', since: '2026-01-01T01:00:00.000Z', at: recall.openedAt };
    await open(ledger);
    await ledger.transact((call) => call.state.create('recallFlag', [flag.lot, 'R', wayOf(flag)], { ...flag, from: x('lot-z') }, 'RegulatorMSP'));
    expect(await capture(ledger, [make('2', 2, 'lot-b', 'lot-c')])).toEqual([]);
  });

  test('capture reads one range for all inputs of a kind and nothing else where nothing is recalled', async () => {
    const ledger = new MemoryLedger();
    const events = Array.from({ length: 500 }, (_, i) => make(String(i), 1, `raw-${i % 250}`, `out-${i}`));
    await capture(ledger, events);
    expect(ledger.reads).toBe(1);
  });
});

test('a lookup reads one range, and the event only where its links are too long for the index', async () => {
  const many = Array.from({ length: 400 }, (_, i) => `urn:x:${'long'.repeat(20)}:${i}`);
  const event = { type: 'AggregationEvent', action: 'ADD', eventTime: hour(1), eventTimeZoneOffset: '+00:00', parentID: x('pallet'), childEPCs: many };
  const links = eventLinks(event);
  const ledger = new MemoryLedger();
  await ledger.transact(async (call) => {
    await call.state.create('event', ['1'], { id: '1', reporter: 'FarmMSP', capturedAt: hour(1), transactionId: 't', batch: 't', context: null, event }, 'FarmMSP');
    await indexEvent(call, '1', links);
  });
  ledger.reads = 0;
  const [child] = await ledger.transact((call) => eventLookup(call, fail)(canonicalId(many[7]!)));
  expect({ child, reads: ledger.reads }).toMatchObject({ child: { id: '1', links: { parent: x('pallet'), epcs: [many[7]] } }, reads: 1 });
  const [parent] = await ledger.transact((call) => eventLookup(call, fail)(x('pallet')));
  expect({ epcs: parent?.links.epcs, reads: ledger.reads }).toEqual({ epcs: links.epcs, reads: 3 });
});

function fail(subject: string): never {
  throw new Error(`${subject} was cut`);
}

test('a product with many flags is read lot by lot, and none is left out', async () => {
  const ledger = new MemoryLedger();
  const flagged = Array.from({ length: 60 }, (_, i) => x(`lot-${String(i).padStart(2, '0')}`));
  await open(ledger);
  for (const lot of flagged) await ledger.transact((call) => writeFlag(call, { ...originFlag({ ...recall, lot }) }, recall.author, false));
  const events = eventsOf([[1, { type: 'TransformationEvent', inputQuantityList: [flagged[0], flagged[30], flagged[59]].map((epcClass) => ({ epcClass, quantity: 1, uom: 'KGM' })), outputQuantityList: [{ epcClass: x('made'), quantity: 1, uom: 'KGM' }] }]]);
  const found = await capture(ledger, events);
  expect(found.map(({ lot, from }) => [lot, from])).toEqual(expect.arrayContaining([[x('made'), flagged[0]], [x('made'), flagged[30]], [x('made'), flagged[59]]]) as unknown);
});
