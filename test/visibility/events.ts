import { eventHash, parseContext } from '../../model/src';
import type { Slug, TestNetwork } from '../support/network';

export const TRY = 60_000;

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
