import { createHash } from 'node:crypto';
import type { LedgerBlock } from '../events/decode-block';

/** A sealed value that can be recognised, and who may read it. */
export interface SealedMarker {
  readonly value: string;
  /** What it is, for the report; the value itself is never shown. */
  readonly label: string;
  readonly readers: readonly string[];
}

/** Something that organisations which are not readers can see. */
export interface Exposed {
  readonly where: string;
  readonly bytes: Uint8Array | string;
  /** Who sees it; left out: everyone. */
  readonly seenBy?: string;
}

export interface Leak {
  readonly label: string;
  readonly where: string;
  /** How the value stood there: as text, in hex, in base64, or as a hash that anyone can guess. */
  readonly form: string;
}

/**
 * Searches for sealed values where they must not be (finance.md, invariant 19), in the clear and in the usual
 * encodings, and for their unsalted hashes, which give short values away.
 */
export function findLeaks(markers: readonly SealedMarker[], exposed: Iterable<Exposed>): Leak[] {
  const forms = markers.map((marker) => ({ marker, needles: needlesOf(marker.value) }));
  const leaks: Leak[] = [];
  for (const { where, bytes, seenBy } of exposed) {
    const haystack = typeof bytes === 'string' ? Buffer.from(bytes, 'utf8') : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (const { marker, needles } of forms) {
      if (seenBy !== undefined && marker.readers.includes(seenBy)) continue;
      const found = needles.find(({ needle }) => haystack.includes(needle));
      if (found !== undefined) leaks.push({ label: marker.label, where, form: found.form });
    }
  }
  return leaks;
}

/** All that an organisation's blocks show: the blocks themselves, which everyone has, and the private data that came with them. */
export function* exposedBy(mspId: string, blocks: readonly LedgerBlock[]): Generator<Exposed, void, undefined> {
  for (const { number, bytes, transactions } of blocks) {
    yield { where: `block ${number}`, bytes };
    for (const { id, args, event, response, privateWrites } of transactions) {
      for (const argument of args) yield { where: `argument of ${id}`, bytes: argument };
      if (event !== undefined) yield { where: `event ${event.name} of ${id}`, bytes: event.payload };
      yield { where: `response of ${id}`, bytes: response };
      for (const { collection, key, value } of privateWrites) {
        yield { where: `private key in ${collection} at ${mspId}`, bytes: key, seenBy: mspId };
        yield { where: `private value in ${collection} at ${mspId}`, bytes: value, seenBy: mspId };
      }
    }
  }
}

function needlesOf(value: string): { readonly form: string; readonly needle: Buffer }[] {
  const bytes = Buffer.from(value, 'utf8');
  const digest = createHash('sha256').update(bytes).digest();
  const text = (form: string, needle: string) => ({ form, needle: Buffer.from(needle, 'latin1') });
  return [
    { form: 'text', needle: bytes },
    { form: 'UTF-16', needle: Buffer.from(value, 'utf16le') },
    text('hex', bytes.toString('hex')),
    text('hex', bytes.toString('hex').toUpperCase()),
    ...[0, 1, 2].flatMap((shift) => innerBase64(bytes, shift)),
    { form: 'unsalted hash', needle: digest },
    text('unsalted hash', digest.toString('hex')),
    text('unsalted hash', digest.toString('base64').replace(/=+$/, '')),
  ];
}

/** The part of the base64 text that does not depend on what stands before and after the value. */
function innerBase64(bytes: Buffer, shift: number): { readonly form: string; readonly needle: Buffer }[] {
  const encoded = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64').replace(/=+$/, '');
  const start = shift === 0 ? 0 : shift + 1;
  const end = encoded.length - ((shift + bytes.length) % 3 === 0 ? 0 : 1);
  const inner = encoded.slice(start, end);
  if (inner.length < 6) return [];
  return [inner, inner.replaceAll('+', '-').replaceAll('/', '_')].map((needle) => ({ form: 'base64', needle: Buffer.from(needle, 'latin1') }));
}
