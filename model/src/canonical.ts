import canonicalizeJson from 'canonicalize';
import { DualchainError } from './errors';

const utf8 = new TextEncoder();

/** RFC 8785 text of a JSON value: equal values give equal bytes on every peer. */
export function canonicalJson(value: unknown): string {
  const text = canonicalizeJson(value);
  if (text === undefined) throw new DualchainError('INVALID_INPUT', 'The value has no JSON form.');
  return text;
}

export function canonicalBytes(value: unknown): Uint8Array {
  return utf8.encode(canonicalJson(value));
}

/** UTF-8 byte order, the order of keys in Fabric's state. */
export function compareUtf8(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const [left, right] = [a.charCodeAt(index), b.charCodeAt(index)];
    // Up to here UTF-16 orders as UTF-8 does; the pairs above stand for code points higher than those after them.
    if (left !== right) return left < SURROGATES && right < SURROGATES ? left - right : compareBytes(a, b);
  }
  return a.length === b.length ? 0 : (a.length > b.length ? a : b).charCodeAt(length) < SURROGATES ? a.length - b.length : compareBytes(a, b);
}

const SURROGATES = 0xd800;

function compareBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a, 'utf8'), Buffer.from(b, 'utf8'));
}
