import { peer } from '@hyperledger/fabric-protos';
import type { StateReader, Version } from '../interfaces';
import { compareKeys, equalBytes, hex } from '../protos';
import { summarize } from '../simulator/merkle';
import type { ParsedNamespace, ParsedRange, ParsedRead } from './parse';

const Code = peer.TxValidationCode;

/** Keys that earlier valid transactions of the block wrote: new version, or null for a delete. */
export class BlockUpdates {
  readonly publicKeys = new Map<string, Map<string, Version | null>>();
  readonly hashedKeys = new Set<string>();

  record(namespaces: readonly ParsedNamespace[], version: Version, state: StateReader): void {
    for (const ns of namespaces) {
      const keys = this.#of(ns.namespace);
      for (const write of ns.writes) keys.set(write.key, write.isDelete ? null : version);
      for (const { key } of ns.metadataWrites) {
        const exists = keys.has(key) ? keys.get(key) !== null : state.getState(ns.namespace, key) !== undefined;
        if (exists) keys.set(key, version);
      }
      for (const collection of ns.collections) {
        for (const { keyHash } of [...collection.writes, ...collection.metadataWrites]) this.hashedKeys.add(hashedKey(ns.namespace, collection.name, keyHash));
      }
    }
  }

  #of(namespace: string): Map<string, Version | null> {
    let keys = this.publicKeys.get(namespace);
    if (keys === undefined) {
      keys = new Map();
      this.publicKeys.set(namespace, keys);
    }
    return keys;
  }
}

/** MVCC_READ_CONFLICT, PHANTOM_READ_CONFLICT or VALID (wire notes, section 3, "Validation"). */
export function checkVersions(namespaces: readonly ParsedNamespace[], state: StateReader, updates: BlockUpdates): number {
  for (const ns of namespaces) {
    const updated = updates.publicKeys.get(ns.namespace);
    for (const read of ns.reads) {
      if (updated?.has(read.key) === true || !sameVersion(state.getState(ns.namespace, read.key)?.version, read.version)) return Code.MVCC_READ_CONFLICT;
    }
    for (const range of ns.ranges) {
      if (!sameRange(range, currentRows(ns.namespace, range, state, updated))) return Code.PHANTOM_READ_CONFLICT;
    }
    for (const collection of ns.collections) {
      for (const read of collection.reads) {
        if (updates.hashedKeys.has(hashedKey(ns.namespace, collection.name, read.keyHash))) return Code.MVCC_READ_CONFLICT;
        if (!sameVersion(state.getHashed(ns.namespace, collection.name, read.keyHash)?.version, read.version)) return Code.MVCC_READ_CONFLICT;
      }
    }
  }
  return Code.VALID;
}

/** The rows of the range as they are now: committed state with the block's updates over it. */
function currentRows(namespace: string, range: ParsedRange, state: StateReader, updated: ReadonlyMap<string, Version | null> | undefined): ParsedRead[] {
  const inRange = (key: string) => compareKeys(key, range.startKey) >= 0 && (range.endKey === '' || (range.exhausted ? compareKeys(key, range.endKey) < 0 : compareKeys(key, range.endKey) <= 0));
  const rows = new Map<string, Version>();
  for (const { key, value } of state.getStateRange(namespace, range.startKey, range.exhausted ? range.endKey : '')) {
    if (!inRange(key)) break;
    rows.set(key, value.version);
  }
  for (const [key, version] of updated ?? []) {
    if (!inRange(key)) continue;
    if (version === null) rows.delete(key);
    else rows.set(key, version);
  }
  return [...rows].sort(([a], [b]) => compareKeys(a, b)).map(([key, version]) => ({ key, version }));
}

function sameRange(range: ParsedRange, rows: readonly ParsedRead[]): boolean {
  if (range.merkle === undefined) {
    const recorded = range.rawReads ?? [];
    return recorded.length === rows.length && recorded.every((read, index) => read.key === rows[index]?.key && sameVersion(read.version, rows[index]?.version));
  }
  const summary = summarize(rows, range.merkle.maxDegree);
  if (summary === undefined || summary.maxLevel !== range.merkle.maxLevel || summary.hashes.length !== range.merkle.hashes.length) return false;
  return range.merkle.hashes.every((hash, index) => equalBytes(hash, summary.hashes[index] ?? new Uint8Array()));
}

function sameVersion(a: Version | undefined, b: Version | undefined): boolean {
  return a === undefined || b === undefined ? a === b : a.blockNum === b.blockNum && a.txNum === b.txNum;
}

export function hashedKey(namespace: string, collection: string, keyHash: Uint8Array): string {
  return `${namespace}\u0000${collection}\u0000${hex(keyHash)}`;
}
