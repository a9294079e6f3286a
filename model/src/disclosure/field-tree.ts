import { canonicalBytes } from '../canonical';
import { fromHex, toHex } from './bytes';
import { digest, keyed } from './hash';

/**
 * The Merkle tree over the salted fields of a sealed record. Leaf = SHA-256(0x00, canonical JSON of [name, value, salt
 * of the field]); node = SHA-256(0x01, left, right); a lone node moves up unchanged; root = SHA-256(0x02, number of
 * leaves as four bytes, top). The prefixes keep leaves from being taken for nodes (RFC 6962), the number in the root
 * keeps whoever shows a field from saying how many others there are.
 */
const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);
const ROOT = Uint8Array.of(2);
const utf8 = new TextEncoder();

/** A field as an outsider is shown it; the salt (hex) opens this field and no other. */
export interface SaltedField {
  readonly name: string;
  readonly value: unknown;
  readonly salt: string;
}

/** Fields of a record, each with a salt that follows from the record's own, in order of name. */
export function saltedFields(record: { readonly salt: string; readonly [field: string]: unknown }): SaltedField[] {
  const key = fromHex(record.salt) ?? utf8.encode(record.salt);
  return Object.keys(record)
    .filter((name) => name !== 'salt' && record[name] !== undefined)
    .sort()
    .map((name) => ({ name, value: record[name], salt: toHex(keyed(key, utf8.encode(name))) }));
}

export function leafOf({ name, value, salt }: SaltedField): Uint8Array {
  return digest(LEAF, canonicalBytes([name, value, salt]));
}

/** Root (hex) over all leaves. */
export function treeRoot(leaves: readonly Uint8Array[]): string {
  let level = leaves;
  while (level.length > 1) {
    const next: Uint8Array[] = [];
    for (let index = 0; index < level.length; index += 2) next.push(parentOf(level[index], level[index + 1]));
    level = next;
  }
  return rootOf(leaves.length, level[0] ?? digest());
}

/** What has to be known besides the leaves at these positions to compute the root: the fewest hashes, from the leaves upwards, each level from left to right. */
export function treeProof(leaves: readonly Uint8Array[], shown: ReadonlySet<number>): Uint8Array[] {
  const proof: Uint8Array[] = [];
  let level = leaves;
  let known = shown;
  while (level.length > 1) {
    const next: Uint8Array[] = [];
    const nextKnown = new Set<number>();
    for (let index = 0; index < level.length; index += 2) {
      const [left, right] = [level[index], level[index + 1]];
      next.push(parentOf(left, right));
      if (!known.has(index) && !known.has(index + 1)) continue;
      nextKnown.add(index / 2);
      if (!known.has(index) && left !== undefined) proof.push(left);
      if (!known.has(index + 1) && right !== undefined) proof.push(right);
    }
    [level, known] = [next, nextKnown];
  }
  return proof;
}

/** Root (hex) of a tree of `count` leaves from some of them, by position, and the proof; undefined unless the proof is exactly what is missing. */
export function provenRoot(count: number, shown: ReadonlyMap<number, Uint8Array>, proof: readonly Uint8Array[]): string | undefined {
  if (shown.size === 0 || [...shown.keys()].some((position) => !Number.isInteger(position) || position < 0 || position >= count)) return undefined;
  let used = 0;
  let width = count;
  let known = shown;
  while (width > 1) {
    const next = new Map<number, Uint8Array>();
    for (const position of [...known.keys()].map((each) => each - (each % 2)).sort((a, b) => a - b)) {
      if (next.has(position / 2)) continue;
      const left = known.get(position) ?? proof[used++];
      const right = position + 1 === width ? undefined : (known.get(position + 1) ?? proof[used++]);
      if (left === undefined || (right === undefined && position + 1 < width)) return undefined;
      next.set(position / 2, parentOf(left, right));
    }
    known = next;
    width = Math.ceil(width / 2);
  }
  const top = known.get(0);
  return top === undefined || used !== proof.length ? undefined : rootOf(count, top);
}

function parentOf(left: Uint8Array | undefined, right: Uint8Array | undefined): Uint8Array {
  return right === undefined ? (left ?? digest()) : digest(NODE, left ?? digest(), right);
}

function rootOf(count: number, top: Uint8Array): string {
  const number = new Uint8Array(4);
  new DataView(number.buffer).setUint32(0, count);
  return toHex(digest(ROOT, number, top));
}
