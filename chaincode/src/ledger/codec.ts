import { canonicalJson } from '@dualchain/model';

/** Canonical JSON bytes of a public value: equal on every endorser. */
export function encode(value: unknown): Buffer {
  return Buffer.from(canonicalJson(value), 'utf8');
}

/** The value of state bytes; undefined where nothing stands. The ledger holds only what {@link encode} wrote. */
export function decode<T>(bytes: Uint8Array): T | undefined {
  if (bytes.length === 0) return undefined;
  return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')) as T;
}
