import { assemble, primaryAi, qualifierAi } from './keys';
import type { Reading } from './keys';

const link = /^https?:\/\/([^/?#\s]+)(\/[^?#]*)?(?:\?[^#]*)?(?:#.*)?$/i;

/**
 * Reads a GS1 Digital Link on any domain, after any path stem, with numeric or word identifiers; attributes in the query
 * string are no part of the identity. Undefined: the URI is no Digital Link.
 */
export function readDigitalLink(uri: string): Reading {
  const match = link.exec(uri);
  if (match === null) return undefined;
  const home = /^id\.gs1\.org$/i.test(match[1] ?? '');
  const segments = (match[2] ?? '').split('/').slice(1);
  if (segments[segments.length - 1] === '') segments.pop();
  for (let i = 0; i + 1 < segments.length; i += 1) {
    const ai = primaryAi.get(segments[i] ?? '');
    if (ai === undefined) continue;
    const reading = readTail(ai, segments.slice(i + 1));
    if (reading !== undefined) return reading;
  }
  const first = segments[0] ?? '';
  if (home && primaryAi.has(first)) {
    return { fault: { rule: 'gs1.malformed', message: `"${uri.slice(0, 200)}" stands at id.gs1.org but is not a well-formed Digital Link: check the number of digits after /${first}/ and the order of lot and serial.` } };
  }
  return undefined;
}

function readTail(ai: string, tail: readonly string[]): Reading {
  if (tail.length % 2 === 0) return undefined;
  const [value, ...rest] = tail.map(decode);
  if (value === undefined || rest.includes(undefined)) return undefined;
  const qualifiers: [string, string][] = [];
  for (let i = 1; i + 1 < tail.length; i += 2) {
    const qualifier = qualifierAi.get(tail[i] ?? '');
    const text = rest[i];
    if (qualifier === undefined || text === undefined) return undefined;
    qualifiers.push([qualifier, text]);
  }
  return assemble(ai, value, qualifiers);
}

function decode(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
