import * as fc from 'fast-check';
import { eventLinks, ForwardWalk, subjectEntry, traceClosure, traceEventOf } from './index';
import type { EventLinks, JsonObject, TraceDirection, TraceLookupAll, TraceRequest, TraceResult, TraceState } from './index';

/**
 * The closure against a plain reference: time cut into hours, and for each id the hours in which it holds the goods,
 * computed by brute force. Every event has an hour of its own, so the reference needs no rule for what happens at once.
 */
const HOURS = 14;
/** Milliseconds that a property may take on a busy machine. */
const LONG = 60_000;
const hour = (at: number) => new Date(Date.UTC(2026, 0, 1, at)).toISOString();
const x = (name: string) => `urn:x:${name}`;
const things = ['a', 'b', 'c', 'd', 'e'];
const all = things.flatMap((thing) => [x(thing), x(`lot-${thing}`)]);

interface Event {
  readonly id: string;
  readonly at: number;
  readonly links: EventLinks;
}

const ids = (links: EventLinks, side: 'input' | 'output'): string[] => (side === 'input' ? [...links.inputs, ...links.inputQuantities.map(({ id }) => id)] : [...links.outputs, ...links.outputQuantities.map(({ id }) => id)]);

/** Whether content is in the container in each hour, both ends included. */
function insideBy(events: readonly Event[], type: string, container: string, content: string): boolean[] {
  const inside = new Array<boolean>(HOURS).fill(false);
  let open = false;
  for (let at = 0; at < HOURS; at += 1) {
    const event = events.find((each) => each.at === at && each.links.type === type && each.links.parent === container);
    inside[at] = open;
    if (event === undefined) continue;
    const named = event.links.epcs.includes(content);
    if (event.links.action === 'DELETE') open = open && !named && event.links.epcs.length > 0;
    else if (named) open = inside[at] = true;
  }
  return inside;
}

function reachedFrom(start: string, events: readonly Event[]): Set<string> {
  const holds = new Set(Array.from({ length: HOURS }, (_, at) => `${start} ${at}`));
  for (let before = -1; before !== holds.size; ) {
    before = holds.size;
    for (const source of events) {
      for (const sink of events) {
        const linked = source === sink || (source.links.transformationId !== undefined && source.links.transformationId === sink.links.transformationId && source.at <= sink.at);
        if (!linked || !ids(source.links, 'input').some((input) => holds.has(`${input} ${source.at}`))) continue;
        for (const output of ids(sink.links, 'output')) for (let at = sink.at; at < HOURS; at += 1) holds.add(`${output} ${at}`);
      }
    }
    for (const type of ['AggregationEvent', 'AssociationEvent']) {
      for (const container of things.map(x)) {
        for (const content of things.map(x)) {
          insideBy(events, type, container, content).forEach((inside, at) => {
            if (inside && holds.has(`${content} ${at}`)) holds.add(`${container} ${at}`);
          });
        }
      }
    }
  }
  return new Set([...holds].map((each) => each.split(' ')[0]!));
}

const name = fc.constantFrom(...things);
const names = fc.uniqueArray(name, { minLength: 1, maxLength: 3 });
const lots = names.map((list) => list.map((item) => ({ epcClass: x(`lot-${item}`), quantity: 5, uom: 'KGM' })));
const objects = names.map((list) => list.map(x));
const any = fc.oneof(
  fc.record({ type: fc.constant('TransformationEvent'), inputEPCList: objects, outputQuantityList: lots }),
  fc.record({ type: fc.constant('TransformationEvent'), inputQuantityList: lots, outputEPCList: objects }),
  fc.record({ type: fc.constant('TransformationEvent'), inputQuantityList: lots, outputQuantityList: lots }),
  fc.record({ type: fc.constant('TransformationEvent'), inputQuantityList: lots, transformationID: fc.constantFrom(x('t1'), x('t2')) }),
  fc.record({ type: fc.constant('TransformationEvent'), outputQuantityList: lots, transformationID: fc.constantFrom(x('t1'), x('t2')) }),
  fc.record({ type: fc.constantFrom('AggregationEvent', 'AggregationEvent', 'AssociationEvent'), action: fc.constantFrom('ADD', 'ADD', 'DELETE', 'OBSERVE'), parentID: name.map(x), childEPCs: objects }),
  fc.record({ type: fc.constant('AggregationEvent'), action: fc.constant('DELETE'), parentID: name.map(x) }),
);
/** Events in any order of capture, each at an hour of its own. */
const chains = fc.tuple(fc.array(any, { minLength: 1, maxLength: HOURS }), fc.shuffledSubarray(Array.from({ length: HOURS }, (_, at) => at), { minLength: HOURS, maxLength: HOURS })).map(([list, hours]): Event[] =>
  list.map((fields, i) => ({ id: `e${i}`, at: hours[i]!, links: eventLinks({ eventTime: hour(hours[i]!), eventTimeZoneOffset: '+00:00', ...fields } as JsonObject) })),
);

const byLinks = (events: readonly Event[]): TraceRequest['lookup'] => (subject) => events.filter(({ links }) => links.subjects.includes(subject));
/** A level at once, as the ledger reads them; what is not there is left out. */
const byLevels =
  (lookup: TraceRequest['lookup']): TraceLookupAll =>
  async (subjects) => new Map((await Promise.all(subjects.map(async (subject) => [subject, await lookup(subject)] as const))).filter(([, found]) => found.length > 0));
/** As the ledger's index gives them: each identifier knows its own part of an event only. */
const byEntries = (events: readonly Event[]): TraceRequest['lookup'] => (subject) => events.filter(({ links }) => links.subjects.includes(subject)).map(({ id, links }) => traceEventOf(id, links.time, subjectEntry(links, subject)));

test('forward and back reach exactly what the reference reaches', async () => {
  await fc.assert(
    fc.asyncProperty(chains, async (events) => {
      const expected = new Map(all.map((start) => [start, reachedFrom(start, events)]));
      const lookup = byLinks(events);
      for (const id of all) {
        const reach = async (direction: TraceDirection) => new Set((await traceClosure({ direction, start: id, lookup })).nodes.map((node) => node.id));
        expect(await reach('forward')).toEqual(expected.get(id));
        expect(await reach('back')).toEqual(new Set(all.filter((start) => expected.get(start)!.has(id))));
      }
    }),
    { numRuns: 150 },
  );
}, LONG);

test('the entries of the index tell the same story as the events', async () => {
  await fc.assert(
    fc.asyncProperty(chains, name, fc.boolean(), fc.constantFrom<TraceDirection>('back', 'forward'), async (events, thing, isLot, direction) => {
      const start = x(isLot ? `lot-${thing}` : thing);
      expect(await traceClosure({ direction, start, lookup: byEntries(events) })).toEqual(await traceClosure({ direction, start, lookup: byLinks(events) }));
    }),
    { numRuns: 500 },
  );
}, LONG);

test('reading a level at once tells the same story, however the events are found', async () => {
  await fc.assert(
    fc.asyncProperty(chains, name, fc.boolean(), fc.constantFrom<TraceDirection>('back', 'forward'), fc.record({ maxDepth: fc.integer({ min: 0, max: 4 }), maxNodes: fc.integer({ min: 0, max: 6 }) }, { requiredKeys: [] }), async (events, thing, isLot, direction, limits) => {
      const start = x(isLot ? `lot-${thing}` : thing);
      const single = await traceClosure({ direction, start, lookup: byLinks(events), limits });
      for (const lookup of [byLinks(events), byEntries(events), byLinks([...events].reverse())]) expect(await traceClosure({ direction, start, lookupAll: byLevels(lookup), limits })).toEqual(single);
    }),
    { numRuns: 500 },
  );
}, LONG);

test('no identifier is asked for twice', async () => {
  await fc.assert(
    fc.asyncProperty(chains, name, fc.constantFrom<TraceDirection>('back', 'forward'), async (events, thing, direction) => {
      const asked: string[] = [];
      await traceClosure({ direction, start: x(`lot-${thing}`), lookupAll: byLevels((subject) => (asked.push(subject), byEntries(events)(subject))) });
      expect(asked).toHaveLength(new Set(asked).size);
    }),
  );
}, LONG);

test('cut by any limits and gone on from the frontier, it reaches what it reaches at once', async () => {
  await fc.assert(
    fc.asyncProperty(chains, name, fc.constantFrom<TraceDirection>('back', 'forward'), fc.record({ maxDepth: fc.integer({ min: 1, max: 2 }), maxNodes: fc.integer({ min: 0, max: 3 }) }, { requiredKeys: [] }), async (events, thing, direction, limits) => {
      const lookupAll = byLevels(byEntries(events));
      const whole = await traceClosure({ direction, start: x(`lot-${thing}`), lookupAll, limits: { maxDepth: 100, maxNodes: 1000 } });
      const [nodes, edges, finished] = [new Set<string>(), new Set<string>(), new Set<string>()];
      const key = ({ id, from, until }: TraceState) => `${id} ${from} ${until}`;
      let asked: TraceState[] = [];
      for (let start: TraceRequest['start'] = x(`lot-${thing}`); start.length > 0; start = asked) {
        const part: TraceResult = await traceClosure({ direction, start, lookupAll, limits });
        if (part.frontier.length > 0) expect(part.truncated).toBe(true);
        part.nodes.forEach(({ id }) => nodes.add(id));
        part.edges.forEach((edge) => edges.add(JSON.stringify(edge)));
        const left = new Map(part.frontier.map((state) => [key(state), state]));
        asked.filter((state) => !left.has(key(state))).forEach((state) => finished.add(key(state)));
        asked = [...left.values()].filter((state) => !finished.has(key(state)));
      }
      expect(nodes).toEqual(new Set(whole.nodes.map(({ id }) => id)));
      expect(edges).toEqual(new Set(whole.edges.map((edge) => JSON.stringify(edge))));
    }),
    { numRuns: 300 },
  );
}, LONG);

test('an event declared to be an error is as if it had never been captured, whenever it was declared', async () => {
  await fc.assert(
    fc.asyncProperty(chains, fc.array(fc.nat(HOURS), { minLength: 1, maxLength: 4 }), name, fc.constantFrom<TraceDirection>('back', 'forward'), async (events, wrong, thing, direction) => {
      const declared = events.map((event, index) => (wrong.includes(index) ? { ...event, links: { ...event.links, errorDeclaration: { declarationTime: hour(HOURS), correctiveEventIds: [] } } } : event));
      const right = events.filter((_, index) => !wrong.includes(index));
      expect(await traceClosure({ direction, start: x(`lot-${thing}`), lookupAll: byLevels(byEntries(declared)) })).toEqual(await traceClosure({ direction, start: x(`lot-${thing}`), lookup: byLinks(right) }));
    }),
    { numRuns: 300 },
  );
}, LONG);

test('a walk hop by hop reaches what the closure reaches', async () => {
  await fc.assert(
    fc.asyncProperty(chains, name, async (events, thing) => {
      const start = x(`lot-${thing}`);
      const walk = new ForwardWalk(byEntries(events));
      const seen = new Set<string>();
      const queue = [{ id: start } as Parameters<ForwardWalk['hops']>[0]];
      for (let state = queue.shift(); state !== undefined; state = queue.shift()) {
        const key = JSON.stringify([state.id, state.from, state.until]);
        if (seen.has(key)) continue;
        seen.add(key);
        queue.push(...(await walk.hops(state)).map((hop) => hop.state));
      }
      const reached = new Set([...seen].map((key) => (JSON.parse(key) as [string])[0]));
      expect(reached).toEqual(new Set((await traceClosure({ direction: 'forward', start, lookup: byLinks(events) })).nodes.map((node) => node.id)));
    }),
    { numRuns: 300 },
  );
}, LONG);

test('an entry too long for the index says so, and keeps what makes the event count or not', () => {
  const links = eventLinks({ type: 'AggregationEvent', action: 'ADD', eventTime: hour(1), eventTimeZoneOffset: '+00:00', parentID: x('pallet'), childEPCs: Array.from({ length: 400 }, (_, i) => `urn:x:${'long'.repeat(20)}:${i}`) });
  expect(subjectEntry(links, x('pallet'))).toEqual({ type: 'AggregationEvent', action: 'ADD', large: true });
  expect(subjectEntry(links, links.epcs[0]!)).toEqual({ type: 'AggregationEvent', action: 'ADD', parent: x('pallet'), epcs: [links.epcs[0]] });
  expect(subjectEntry(links, x('pallet'), hour(2))).toMatchObject({ large: true, declaredAt: hour(2) });
});
