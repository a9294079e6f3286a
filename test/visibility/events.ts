import { randomBytes } from 'node:crypto';
import { canonicalId, eventHash, parseContext } from '../../model/src';
import { ahead } from '../support/deal';
import type { Slug, TestNetwork } from '../support/network';

export const TRY = 60_000;

const HOUR = 3_600_000;
const prefixes: Readonly<Record<string, string>> = { farm: '9524001', processor: '9524002', brand: '9524003', carrier: '9524004' };
let lots = 0;

/** A lot of its own, with a name that nobody guesses. */
export function newLot(slug: Slug): string {
  lots += 1;
  return canonicalId(`urn:epc:class:lgtin:${prefixes[slug] ?? '9524002'}.050001.V${randomBytes(6).toString('hex')}-${lots}`);
}

export const placeOf = (slug: Slug): string => `urn:epc:id:sgln:${prefixes[slug] ?? '9524002'}.00200.0`;

const base = (slug: Slug, hoursAgo: number) => ({ eventTime: ahead(-hoursAgo * HOUR).toISOString(), eventTimeZoneOffset: '+00:00', readPoint: { id: placeOf(slug) } });
const quantity = (lot: string) => ({ epcClass: lot, quantity: 100, uom: 'KGM' });

/** Something seen at a member's place, with a remark that only its readers may see. */
export function seen(slug: Slug, lot: string, hoursAgo: number, more: object = {}): Record<string, unknown> {
  return { type: 'ObjectEvent', ...base(slug, hoursAgo), action: 'OBSERVE', bizStep: 'storing', epcList: [], quantityList: [quantity(lot)], ...more };
}

export function made(slug: Slug, inputs: readonly string[], outputs: readonly string[], hoursAgo: number, more: object = {}): Record<string, unknown> {
  return { type: 'TransformationEvent', ...base(slug, hoursAgo), bizStep: 'commissioning', inputQuantityList: inputs.map(quantity), outputQuantityList: outputs.map(quantity), ...more };
}

/** The same event, re-stated with an error declaration. */
export function declared(event: object): Record<string, unknown> {
  return { ...event, errorDeclaration: { declarationTime: new Date().toISOString(), reason: 'incorrect_data' } };
}

export const hashOf = (event: object): string => eventHash(event as Record<string, unknown>, parseContext(undefined)).id;

/** Sealed values of an event: what it is about, when, where, its hash. None but these organisations may see them anywhere. */
export function watch(network: TestNetwork, event: Record<string, unknown>, lots: readonly string[], readers: readonly Slug[]): void {
  const mspIds = readers.map((slug) => network.mspId(slug));
  const hex = /[0-9a-f]{64}/.exec(hashOf(event))![0];
  const values: readonly (readonly [string, string])[] = [...lots.map((lot) => ['identifier', lot] as const), ...lots.map((lot) => ['lot number', lot.split('/').at(-1)!] as const), ['event time', String(event['eventTime'])], ['event hash', hex]];
  for (const [label, value] of values) {
    const before = network.markers.findIndex((marker) => marker.value === value);
    if (before < 0) network.markers.push({ value, label: `${label} of a sealed event`, readers: mspIds });
  }
}
