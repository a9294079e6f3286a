import { randomBytes } from 'node:crypto';
import { canonicalId } from '../../model/src';
import { ahead } from './deal';
import type { Slug } from './network';

const HOUR = 3_600_000;
const prefixes: Readonly<Record<string, string>> = { farm: '9524001', processor: '9524002', brand: '9524003', carrier: '9524004' };
let lots = 0;

/** A lot of its own, with a name that nobody guesses. */
export function newLot(slug: Slug): string {
  lots += 1;
  return canonicalId(`urn:epc:class:lgtin:${prefixes[slug] ?? '9524002'}.050001.V${randomBytes(6).toString('hex')}-${lots}`);
}

export const placeOf = (slug: Slug): string => `urn:epc:id:sgln:${prefixes[slug] ?? '9524002'}.00200.0`;

const moments = new Set<number>();

/** So many hours ago, to the millisecond at no time that another event has: a search for sealed times takes one for the other. */
function moment(hoursAgo: number): string {
  let time = ahead(-hoursAgo * HOUR).getTime();
  while (moments.has(time)) time -= 1;
  moments.add(time);
  return new Date(time).toISOString();
}

const base = (slug: Slug, hoursAgo: number) => ({ eventTime: moment(hoursAgo), eventTimeZoneOffset: '+00:00', readPoint: { id: placeOf(slug) } });
const quantity = (lot: string) => ({ epcClass: lot, quantity: 100, uom: 'KGM' });

/** Something seen at a member's place. */
export function seen(slug: Slug, lot: string, hoursAgo: number, more: object = {}): Record<string, unknown> {
  return { type: 'ObjectEvent', ...base(slug, hoursAgo), action: 'OBSERVE', bizStep: 'storing', epcList: [], quantityList: [quantity(lot)], ...more };
}

export function made(slug: Slug, inputs: readonly string[], outputs: readonly string[], hoursAgo: number, more: object = {}): Record<string, unknown> {
  return { type: 'TransformationEvent', ...base(slug, hoursAgo), bizStep: 'commissioning', inputQuantityList: inputs.map(quantity), outputQuantityList: outputs.map(quantity), ...more };
}

/** Goods put into a container. */
export function packed(slug: Slug, container: string, lots: readonly string[], hoursAgo: number): Record<string, unknown> {
  return { type: 'AggregationEvent', ...base(slug, hoursAgo), action: 'ADD', bizStep: 'packing', parentID: container, childEPCs: [], childQuantityList: lots.map(quantity) };
}
