import { eventLinks } from './links';
import { countOf, movementsOf, takesIn } from './movements';
import type { JsonObject } from './types';

const lot = 'https://id.gs1.org/01/04054739099916/10/L1';
const element = (quantity?: number, uom: string | null = 'KGM', id = lot) => ({ epcClass: id, ...(quantity === undefined ? {} : { quantity }), ...(uom === null ? {} : { uom }) });
const object = (action: string, bizStep: string | undefined, ...quantityList: object[]) => eventLinks({ type: 'ObjectEvent', action, ...(bizStep === undefined ? {} : { bizStep }), eventTime: '2026-11-23T08:00:00Z', eventTimeZoneOffset: '+00:00', epcList: [], quantityList } as JsonObject);
const told = (links: ReturnType<typeof object>) => movementsOf(links).map(({ way, unit, quantity }) => [way, unit, quantity]);

test.each<[string, string | undefined, string | undefined]>([
  ['ADD', 'commissioning', 'produced'],
  ['ADD', 'receiving', 'produced'],
  ['DELETE', 'destroying', 'used'],
  ['DELETE', 'shipping', 'used'],
  ['OBSERVE', 'receiving', 'received'],
  ['OBSERVE', 'accepting', 'received'],
  ['OBSERVE', 'storing', 'received'],
  ['OBSERVE', 'shipping', 'shipped'],
  ['OBSERVE', 'departing', undefined],
  ['OBSERVE', 'arriving', undefined],
  ['OBSERVE', 'inspecting', undefined],
  ['OBSERVE', undefined, undefined],
])('an object event with %s and the step %s: %s', (action, bizStep, way) => {
  expect(told(object(action, bizStep, element(2.5)))).toEqual(way === undefined ? [] : [[way, 'KGM', 2_500_000n]]);
  expect(takesIn(object(action, bizStep))).toBe(way === 'received');
});

test('a transformation uses its inputs and produces its outputs; packing moves nothing', () => {
  const when = { eventTime: '2026-11-23T08:00:00Z', eventTimeZoneOffset: '+00:00' };
  expect(told(eventLinks({ type: 'TransformationEvent', ...when, inputQuantityList: [element(3)], outputQuantityList: [element(4, null)] } as JsonObject))).toEqual([['used', 'KGM', 3_000_000n], ['produced', 'EA', 4_000_000n]]);
  expect(told(eventLinks({ type: 'AggregationEvent', action: 'ADD', ...when, parentID: 'urn:epc:id:sscc:08600031303.0003', childEPCs: [], childQuantityList: [element(3)] } as JsonObject))).toEqual([]);
});

test('an event that declares an error moves nothing and takes nothing in', () => {
  const links = { ...object('OBSERVE', 'receiving', element(1)), errorDeclaration: { declarationTime: '2026-11-24T08:00:00.000Z', correctiveEventIds: [] } };
  expect([movementsOf(links), takesIn(links)]).toEqual([[], false]);
});

test('what is not counted, or too finely, has no quantity', () => {
  expect(told(object('OBSERVE', 'shipping', element(undefined), element(0.0000001)))).toEqual([['shipped', 'KGM', undefined], ['shipped', 'KGM', undefined]]);
});

test('the count of one lot, by unit; undefined if a part of it is not counted', () => {
  const other = 'https://id.gs1.org/01/04054739099916/10/L2';
  expect(countOf(object('OBSERVE', 'shipping', element(1), element(2), element(3, null), element(9, 'KGM', other)), lot)).toEqual(new Map([['KGM', 3_000_000n], ['EA', 3_000_000n]]));
  expect(countOf({ classes: [], epcs: [lot] }, lot)).toEqual(new Map([['EA', 1_000_000n]]));
  expect(countOf(object('OBSERVE', 'shipping', element(1), element(undefined)), lot)).toBeUndefined();
  expect(countOf(object('OBSERVE', 'shipping', element(undefined, 'KGM', other)), lot)).toEqual(new Map());
});
