import canonicalizeJson from 'canonicalize';
import { DualchainError } from './errors';

/** RFC 8785 text of a JSON value: equal values give equal bytes on every peer. */
export function canonicalJson(value: unknown): string {
  const text = canonicalizeJson(value);
  if (text === undefined) throw new DualchainError('INVALID_INPUT', 'The value has no JSON form.');
  return text;
}

export function canonicalBytes(value: unknown): Uint8Array {
  return new TextEncoder().encode(canonicalJson(value));
}

/** UTF-8 byte order, the order of keys in Fabric's state. */
export function compareUtf8(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a, 'utf8'), Buffer.from(b, 'utf8'));
}
