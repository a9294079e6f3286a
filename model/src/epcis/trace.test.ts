// eslint-disable-next-line no-restricted-imports -- the model is pure; its tests read reference data in place
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as fc from 'fast-check';
import { canonicalId } from '../gs1';
import { eventHash, eventLinks, parseEpcisDocument, staysIn, traceClosure, validateEvent } from './index';
import type { EventLinks, JsonObject, TraceRequest, TraceResult, TraceState } from './index';

/** An event with all its links, of which a trace needs some. */
interface LinkedEvent {
  readonly id: string;
  readonly links: EventLinks;
}

const file = resolve(__dirname, '../../../../shared/data/whole-chain/all_wholechain_events.jsonld');
const present = existsSync(file);
if (!present) console.info(`whole chain: ${file} is absent, tests skipped`);

function indexOf(events: readonly LinkedEvent[]): { lookup: TraceRequest['lookup']; reads: string[] } {
  const index = new Map<string, LinkedEvent[]>();
  for (const event of events) for (const subject of event.links.subjects) index.set(subject, [...(index.get(subject) ?? []), event]);
  const reads: string[] = [];
  return {
    reads,
    lookup: (subject) => {
      reads.push(subject);
      return index.get(subject) ?? [];
    },
  };
}
const ids = (result: TraceResult): string[] => result.nodes.map((node) => node.id);

(present ? describe : describe.skip)('the whole chain from sea and hatchery to the can', () => {
  const document = present ? parseEpcisDocument(readFileSync(file)) : undefined;
  const hashes = (document?.events ?? []).map(({ event }) => eventHash(event, document!.context).id);
  const events = (document?.events ?? []).map(({ event }, i) => ({ id: hashes[i]!, links: eventLinks(event, document!.context) }));
  const lot = (name: string) => `urn:gdst:example.org:product:lot:class:${name}`;
  const fish = (name: string) => `urn:gdst:wholechain.com:product:lot:class:${name}`;
  const can = lot('processor.2.v1-0122-2022');
  const numbers = (result: TraceResult) => result.events.map((id) => hashes.indexOf(id)).sort((a, b) => a - b);

  test('all 31 events are accepted, and each has its own hash id', () => {
    expect(document!.events.flatMap(({ event, index, path }) => validateEvent(event, document!.context, { index, path, now: '2026-11-24T08:00:00.000Z' }))).toEqual([]);
    expect(new Set(hashes).size).toBe(31);
  });

  test('what went into the last lot, checked by hand', async () => {
    const result = await traceClosure({ direction: 'back', start: can, ...indexOf(events) });
    expect(result.nodes).toEqual([
      { id: can, depth: 0, via: 'start' },
      { id: lot('processor.10.commingle-01232022'), depth: 1, via: 'transformation' },
      { id: lot('fisherman01.tuna.v1-0122-2022'), depth: 2, via: 'transformation' },
      { id: lot('fishfarm.1.farmed-tuna-01192022'), depth: 2, via: 'transformation' },
      { id: lot('feedmill.1.ff11252021'), depth: 3, via: 'transformation' },
      { id: lot('hatchery.1.tf12012021'), depth: 3, via: 'transformation' },
    ].sort((a, b) => a.depth - b.depth || (a.id < b.id ? -1 : 1)));
    expect(result.edges.map((edge) => [edge.from.split(':').pop(), edge.to.split(':').pop(), hashes.indexOf(edge.eventId)])).toEqual([
      ['feedmill.1.ff11252021', 'fishfarm.1.farmed-tuna-01192022', 16],
      ['fisherman01.tuna.v1-0122-2022', 'processor.10.commingle-01232022', 23],
      ['fishfarm.1.farmed-tuna-01192022', 'processor.10.commingle-01232022', 23],
      ['hatchery.1.tf12012021', 'fishfarm.1.farmed-tuna-01192022', 16],
      ['processor.10.commingle-01232022', 'processor.2.v1-0122-2022', 24],
    ]);
    expect(result.carriers.map((carrier) => [carrier.id, carrier.content, carrier.from, carrier.until])).toEqual([
      ['urn:epc:id:sscc:08600031303.0003', can, '2022-09-29T11:11:25.752Z', '2022-10-06T11:12:25.791Z'],
      ['urn:epc:id:sscc:08600031303.0003', can, '2022-10-31T11:11:25.752Z', '2022-11-03T11:12:25.791Z'],
    ]);
    // Feed (0), hatching (14), fishing (15), harvest, shipping, landing, commingling, canning, packing, delivery: the whole second chain.
    expect(numbers(result)).toEqual([0, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30]);
    expect(result.truncated).toBe(false);
  });

  test('from the container that was delivered, through its contents', async () => {
    const result = await traceClosure({ direction: 'back', start: 'urn:epc:id:sscc:08600031303.0003', ...indexOf(events) });
    expect(ids(result)).toContain(can);
    expect(ids(result)).toContain(lot('hatchery.1.tf12012021'));
    expect(ids(result)).toHaveLength(7);
  });

  test('fillets from tuna that shared a container with salmon: the salmon is no ancestor', async () => {
    const result = await traceClosure({ direction: 'back', start: fish('processingcompany.tunafilet.34e5e863'), ...indexOf(events) });
    expect(new Set(ids(result))).toEqual(new Set(['processingcompany.tunafilet.34e5e863', 'fishcompany.hgtuna.8a25a035', 'fishcompany.tuna.1024f44f', 'fishcompany.tuna.23423', 'fishcompany.tuna.23423445'].map(fish)));
    expect(result.carriers.map((carrier) => carrier.id)).toEqual(['https://id.gs1.org/00/106141412345678908']);
    // Catches (2, 3), commingling, heading, transshipment, landing, packing to unpacking, filleting.
    expect(numbers(result)).toEqual([2, 3, 4, 5, 7, 8, 9, 10, 11, 12, 13]);
  });

  test('forward from the feed, to the container of the cans', async () => {
    const result = await traceClosure({ direction: 'forward', start: lot('feedmill.1.ff11252021'), ...indexOf(events) });
    expect(ids(result)).toEqual([lot('feedmill.1.ff11252021'), lot('fishfarm.1.farmed-tuna-01192022'), lot('processor.10.commingle-01232022'), can, 'urn:epc:id:sscc:08600031303.0003']);
  });

  test('forward from one catch stays in its own chain', async () => {
    const result = await traceClosure({ direction: 'forward', start: fish('fishcompany.tuna.23423'), ...indexOf(events) });
    expect(ids(result)).toEqual([fish('fishcompany.tuna.23423'), fish('fishcompany.tuna.1024f44f'), fish('fishcompany.hgtuna.8a25a035'), ...[canonicalId('urn:epc:id:sscc:0614141.1234567890'), fish('processingcompany.tunafilet.34e5e863')]]);
  });

  test('each identifier is looked up once', async () => {
    const { lookup, reads } = indexOf(events);
    await traceClosure({ direction: 'back', start: can, lookup });
    expect(new Set(reads).size).toBe(reads.length);
  });
});

/** Events on one day, the hour as time; ids are short names behind urn:x:. */
const day = (hour: number) => `2026-01-01T${String(hour).padStart(2, '0')}:00:00Z`;
const x = (name: string) => `urn:x:${name}`;
const event = (id: string, hour: number, fields: JsonObject): LinkedEvent => {
  const raw = { eventTime: day(hour), eventTimeZoneOffset: '+00:00', ...fields };
  expect(validateEvent(raw)).toEqual([]);
  return { id, links: eventLinks(raw) };
};
const quantity = (name: string, amount?: number) => ({ epcClass: x(name), ...(amount === undefined ? {} : { quantity: amount, uom: 'KGM' }) });
const make = (id: string, hour: number, inputs: string[], outputs: string[], more: JsonObject = {}) => event(id, hour, { type: 'TransformationEvent', inputQuantityList: inputs.map((name) => quantity(name)), outputQuantityList: outputs.map((name) => quantity(name)), ...more });
const pack = (id: string, hour: number, parent: string, children: string[], action = 'ADD', type = 'AggregationEvent') => event(id, hour, { type, action, parentID: x(parent), childEPCs: children.map(x) });
const packLot = (id: string, hour: number, parent: string, name: string, amount: number, action = 'ADD') => event(id, hour, { type: 'AggregationEvent', action, parentID: x(parent), childQuantityList: [quantity(name, amount)] });
const use = (id: string, hour: number, container: string, output: string) => event(id, hour, { type: 'TransformationEvent', inputEPCList: [x(container)], outputQuantityList: [quantity(output)] });
const trace = async (direction: 'back' | 'forward', start: string, events: LinkedEvent[], limits = {}) => traceClosure({ direction, start: x(start), lookup: indexOf(events).lookup, limits });
const found = async (direction: 'back' | 'forward', start: string, events: LinkedEvent[]) => ids(await trace(direction, start, events)).map((id) => id.slice(6)).filter((id) => id !== start).sort();

describe('rules of tracing', () => {
  test('an input consumed after the output came out does not count', async () => {
    const events = [make('1', 3, ['raw-late'], ['mix']), make('2', 2, ['mix'], ['product']), make('3', 1, ['raw'], ['mix'])];
    expect(await found('back', 'product', events)).toEqual(['mix', 'raw']);
    expect(await found('forward', 'raw-late', events)).toEqual(['mix']);
  });

  test('cycles end (rework)', async () => {
    const events = [make('1', 1, ['a'], ['b']), make('2', 2, ['b'], ['a']), make('3', 3, ['a'], ['b'])];
    expect(await found('back', 'b', events)).toEqual(['a']);
    expect(await found('forward', 'a', events)).toEqual(['b']);
    const sameTime = [make('1', 1, ['a'], ['b']), make('2', 1, ['b'], ['a'])];
    expect(await found('back', 'a', sameTime)).toEqual(['b']);
  });

  test('inputs and outputs of one transformation reported in several events', async () => {
    const part = (id: string, hour: number, fields: JsonObject) => event(id, hour, { type: 'TransformationEvent', transformationID: x('batch'), ...fields });
    const events = [part('1', 1, { inputQuantityList: [quantity('early')] }), part('2', 2, { outputQuantityList: [quantity('out')] }), part('3', 3, { inputQuantityList: [quantity('late')] }), part('4', 4, { outputQuantityList: [quantity('out2')] })];
    expect(await found('back', 'out', events)).toEqual(['early']);
    expect(await found('back', 'out2', events)).toEqual(['early', 'late']);
    expect(await found('forward', 'early', events)).toEqual(['out', 'out2']);
    expect(await found('forward', 'late', events)).toEqual(['out2']);
  });

  test('a container brings what is inside when it is used, nested containers too', async () => {
    const events = [pack('1', 1, 'case', ['item']), pack('2', 2, 'pallet', ['case', 'other']), pack('3', 3, 'pallet', ['other'], 'DELETE'), use('4', 4, 'pallet', 'soup')];
    expect(await found('back', 'soup', events)).toEqual(['case', 'item', 'pallet']);
    expect(await found('forward', 'item', events)).toEqual(['case', 'pallet', 'soup']);
    expect(await found('forward', 'other', events)).toEqual(['pallet']);
  });

  test('a container used again does not mix its loads', async () => {
    const events = [pack('1', 1, 'crate', ['apples']), pack('2', 2, 'crate', [], 'DELETE'), pack('3', 3, 'crate', ['fish']), use('4', 4, 'crate', 'soup')];
    expect(await found('back', 'soup', events)).toEqual(['crate', 'fish']);
    expect(await found('forward', 'apples', events)).toEqual(['crate']);
  });

  test('part of a lot unpacked leaves the rest inside; a lot made after packing is not in', async () => {
    const events = [packLot('1', 2, 'bin', 'corn', 100), packLot('2', 3, 'bin', 'corn', 40, 'DELETE'), use('3', 4, 'bin', 'flour'), packLot('4', 5, 'bin', 'corn', 60, 'DELETE'), use('5', 6, 'bin', 'chips'), make('0', 1, ['seed'], ['corn']), make('9', 3, ['late-seed'], ['corn'])];
    expect(await found('back', 'flour', events)).toEqual(['bin', 'corn', 'seed']);
    expect(await found('back', 'chips', events)).toEqual(['bin']);
    expect(await found('forward', 'late-seed', events)).toEqual(['corn']);
  });

  test('stays in a container: packed and unpacked at one time in either order', () => {
    const repacked = staysIn(x('c'), [pack('1', 1, 'c', ['a']), pack('b', 2, 'c', ['b']), pack('z', 2, 'c', [], 'DELETE')]);
    expect(repacked.map((stay) => [stay.content, stay.until])).toEqual([[x('a'), '2026-01-01T02:00:00.000Z'], [x('b'), undefined]]);
    const passing = staysIn(x('c'), [pack('a', 1, 'c', [], 'DELETE'), pack('b', 1, 'c', ['a'])]);
    expect(passing.map((stay) => stay.until)).toEqual(['2026-01-01T01:00:00.000Z']);
  });

  test('parts built into a whole are found by association', async () => {
    const events = [make('1', 1, ['steel'], ['frame']), pack('2', 2, 'bike', ['frame-7'], 'ADD', 'AssociationEvent'), event('3', 1, { type: 'TransformationEvent', inputQuantityList: [quantity('steel')], outputEPCList: [x('frame-7')] })];
    const result = await trace('back', 'bike', events);
    expect(result.edges.map((edge) => [edge.kind, edge.from])).toEqual([['association', x('frame-7')], ['transformation', x('steel')]]);
    expect(await found('forward', 'steel', events)).toEqual(['bike', 'frame', 'frame-7']);
  });

  test('an event declared to be an error does not count', async () => {
    const wrong = make('1', 1, ['wrong'], ['product']);
    const declared = { id: '1', links: { ...wrong.links, errorDeclaration: { declarationTime: '2026-01-02T00:00:00.000Z', correctiveEventIds: ['2'] } } };
    const events = [wrong, declared, make('2', 1, ['right'], ['product'])];
    expect(await found('back', 'product', events)).toEqual(['right']);
    expect(await found('back', 'product', [declared, events[2]!])).toEqual(['right']);
  });

  test('limits cut, say so, and the frontier goes on to the full answer', async () => {
    const events = Array.from({ length: 12 }, (_, i) => make(String(i), i + 1, [`s${i}`, `t${i}`], [`s${i + 1}`]));
    const full = await trace('back', 's12', events);
    expect(full.nodes).toHaveLength(25);
    expect(full.truncated).toBe(false);
    for (const limits of [{ maxDepth: 2 }, { maxNodes: 3 }, { maxNodes: 0 }]) {
      const seen = new Set<string>();
      const edges = new Set<string>();
      let start: string | readonly TraceState[] = x('s12');
      let pages = 0;
      for (; start.length > 0; pages += 1) {
        const page: TraceResult = await traceClosure({ direction: 'back', start, lookup: indexOf(events).lookup, limits });
        ids(page).forEach((id) => seen.add(id));
        page.edges.forEach((edge) => edges.add(JSON.stringify(edge)));
        expect(page.truncated).toBe(page.frontier.length > 0);
        start = page.frontier;
      }
      expect(pages).toBeGreaterThan(3);
      expect(seen).toEqual(new Set(ids(full)));
      expect(edges).toEqual(new Set(full.edges.map((edge) => JSON.stringify(edge))));
    }
  });

  test('a depth that reaches exactly the last lots is not called truncated', async () => {
    const events = [make('1', 1, ['a'], ['b']), make('2', 2, ['b'], ['c'])];
    expect((await trace('back', 'c', events, { maxDepth: 2 })).truncated).toBe(false);
    expect((await trace('back', 'c', events, { maxDepth: 1 })).frontier).toEqual([{ id: x('b'), from: '2026-01-01T02:00:00.000Z', until: '2026-01-01T02:00:00.000Z', depth: 1, via: 'transformation' }]);
  });
});

test('walking forward and back are each other\'s inverse, whatever the order in which events are found', async () => {
  const name = fc.constantFrom('a', 'b', 'c', 'd', 'e');
  const names = fc.uniqueArray(name, { minLength: 1, maxLength: 2 });
  const hour = fc.integer({ min: 0, max: 12 });
  const lots = names.map((list) => list.map((item) => quantity(`lot-${item}`, 5)));
  const any = fc.oneof(
    fc.record({ type: fc.constant('TransformationEvent'), inputEPCList: names.map((list) => list.map(x)), outputQuantityList: lots }),
    fc.record({ type: fc.constant('TransformationEvent'), inputQuantityList: lots, outputEPCList: names.map((list) => list.map(x)) }),
    fc.record({ type: fc.constant('TransformationEvent'), inputQuantityList: lots, transformationID: fc.constantFrom(x('t1'), x('t2')) }),
    fc.record({ type: fc.constant('TransformationEvent'), outputQuantityList: lots, transformationID: fc.constantFrom(x('t1'), x('t2')) }),
    fc.record({ type: fc.constantFrom('AggregationEvent', 'AssociationEvent'), action: fc.constantFrom('ADD', 'ADD', 'DELETE', 'OBSERVE'), parentID: name.map(x), childEPCs: names.map((list) => list.map(x)) }),
    fc.record({ type: fc.constant('AggregationEvent'), action: fc.constantFrom('ADD', 'DELETE'), parentID: name.map(x), childQuantityList: lots }),
    fc.record({ type: fc.constant('AggregationEvent'), action: fc.constant('DELETE'), parentID: name.map(x) }),
  );
  const all = ['a', 'b', 'c', 'd', 'e'].flatMap((item) => [x(item), x(`lot-${item}`)]);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(hour, any), { minLength: 1, maxLength: 12 }), async (list) => {
      const events = list.map(([at, raw], i) => ({ id: `e${i}`, links: eventLinks({ eventTime: day(at), eventTimeZoneOffset: '+00:00', ...raw } as JsonObject) }));
      const reach = async (direction: 'back' | 'forward', found_: readonly LinkedEvent[]) => {
        const pairs: string[] = [];
        for (const start of all) for (const id of ids(await traceClosure({ direction, start, lookup: indexOf(found_).lookup }))) pairs.push(direction === 'back' ? `${id} ${start}` : `${start} ${id}`);
        return pairs.sort();
      };
      const back = await reach('back', events);
      expect(await reach('forward', events)).toEqual(back);
      expect(await reach('back', [...events].reverse())).toEqual(back);
    }),
    { numRuns: 300 },
  );
}, 60_000);
