import { createHash, createHmac } from 'node:crypto';
import { canonicalBytes } from './canonical';
import { leafOf, saltedFields, treeRoot } from './disclosure/field-tree';

/**
 * A sealed record (design, principle 3): commercial terms that stand, byte for byte equal, in the implicit collection
 * of each organisation that may read them. Everyone sees only the hash. It binds its own type and id, and whatever
 * else makes it unusable anywhere else (certificate, owner, range), so that no old or foreign record can be replayed.
 */
export interface SealedRecord {
  readonly type: string;
  readonly id: string;
  readonly salt: string;
  readonly [field: string]: unknown;
}

/** Key of a sealed record inside a collection, also its name in `openings`. */
export function recordKey(type: string, id: string): string {
  return `${type}:${id}`;
}

/** Hex salt of one record, derived from the transaction's secret seed, so that one seed salts all records of a transaction. */
export function saltOf(seed: Uint8Array, key: string): string {
  return createHmac('sha256', seed).update(key).digest('hex');
}

/** Makes the sealed record of `fields` with a salt derived from `seed`. */
export function sealRecord(seed: Uint8Array, type: string, id: string, fields: Record<string, unknown>): SealedRecord {
  return { ...fields, type, id, salt: saltOf(seed, recordKey(type, id)) };
}

/** The bytes that stand in a collection. */
export function recordBytes(record: SealedRecord): Uint8Array {
  return canonicalBytes(record);
}

/** SHA-256 (hex) of the bytes: what `getPrivateDataHash` shows everyone. */
export function recordHash(record: SealedRecord): string {
  return sha256Hex(recordBytes(record));
}

/**
 * Root (hex) of the Merkle tree over the record's salted fields, in key order (see disclosure/field-tree). A field can
 * later be shown to an outsider with its path while the others stay hidden.
 */
export function fieldRoot(record: SealedRecord): string {
  return treeRoot(saltedFields(record).map(leafOf));
}

export function sha256Hex(data: Uint8Array | string): string {
  return createHash('sha256').update(data).digest('hex');
}
