import { createHash, createHmac } from 'node:crypto';
import { canonicalBytes, canonicalJson } from './canonical';

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
 * Root (hex) of the Merkle tree over the record's salted fields, in key order. A field can later be shown to an
 * outsider with its path while the others stay hidden. Leaf = SHA-256 of the canonical JSON of [name, value, salt of
 * the field]; node = SHA-256(left || right); a lone node moves up unchanged.
 */
export function fieldRoot(record: SealedRecord): string {
  let level: Buffer[] = Object.keys(record)
    .filter((name) => name !== 'salt')
    .sort()
    .map((name) => createHash('sha256').update(canonicalJson([name, record[name], fieldSalt(record.salt, name)])).digest());
  while (level.length > 1) {
    const next: Buffer[] = [];
    for (let index = 0; index < level.length; index += 2) {
      const left = level[index];
      const right = level[index + 1];
      if (left === undefined) continue;
      next.push(right === undefined ? left : createHash('sha256').update(left).update(right).digest());
    }
    level = next;
  }
  return (level[0] ?? createHash('sha256').digest()).toString('hex');
}

function fieldSalt(salt: string, name: string): string {
  return createHmac('sha256', Buffer.from(salt, 'hex')).update(name).digest('hex');
}

export function sha256Hex(data: Uint8Array | string): string {
  return createHash('sha256').update(data).digest('hex');
}
