import { ledger as protos } from '@hyperledger/fabric-protos';
import type { CollectionDefinition, Version, VersionedValue } from '../interfaces';
import { equalBytes, sha256, utf8 } from '../protos';
import type { ParsedNamespace } from '../validator/parse';
import { SortedMap } from './sorted-map';
import { hashedSpace } from './state';

/** Private values of the collections of which this peer's organisation is a member. */
export class PrivateStore {
  readonly #spaces = new Map<string, SortedMap<VersionedValue>>();
  readonly #ofBlock = new Map<number, Map<number, Uint8Array>>();
  readonly #expiry = new Map<number, { space: string; key: string; version: Version }[]>();

  get(namespace: string, collection: string, key: string): VersionedValue | undefined {
    return this.#spaces.get(hashedSpace(namespace, collection))?.get(key);
  }

  *range(namespace: string, collection: string, startKey: string, endKey: string): IterableIterator<{ key: string; value: VersionedValue }> {
    for (const [key, value] of this.#spaces.get(hashedSpace(namespace, collection))?.range(startKey, endKey) ?? []) yield { key, value };
  }

  ofBlock(number: number): ReadonlyMap<number, Uint8Array> {
    return this.#ofBlock.get(number) ?? new Map();
  }

  /** Stores what of a private write set belongs to collections in `collections` and hashes to what the transaction says. */
  apply(bytes: Uint8Array, namespaces: readonly ParsedNamespace[], version: Version, collectionOf: (namespace: string, name: string) => CollectionDefinition | undefined): void {
    const kept = new protos.rwset.TxPvtReadWriteSet();
    for (const ns of protos.rwset.TxPvtReadWriteSet.deserializeBinary(bytes).getNsPvtRwsetList()) {
      const keptNs = new protos.rwset.NsPvtReadWriteSet();
      keptNs.setNamespace(ns.getNamespace());
      for (const part of ns.getCollectionPvtRwsetList()) {
        const name = part.getCollectionName();
        const definition = collectionOf(ns.getNamespace(), name);
        const stated = namespaces.find((each) => each.namespace === ns.getNamespace())?.collections.find((each) => each.name === name);
        if (definition === undefined || stated === undefined || !equalBytes(sha256(part.getRwset_asU8()), stated.privateHash)) continue;
        keptNs.addCollectionPvtRwset(part);
        this.#write(ns.getNamespace(), definition, part.getRwset_asU8(), version);
      }
      if (keptNs.getCollectionPvtRwsetList().length > 0) kept.addNsPvtRwset(keptNs);
    }
    if (kept.getNsPvtRwsetList().length === 0) return;
    const block = this.#ofBlock.get(version.blockNum) ?? new Map<number, Uint8Array>();
    block.set(version.txNum, kept.serializeBinary());
    this.#ofBlock.set(version.blockNum, block);
  }

  /** Removes values whose hash was deleted, whether or not this peer had the private write set. */
  removeDeleted(namespace: string, collection: string, isDeleted: (keyHash: Uint8Array) => boolean): void {
    const space = this.#spaces.get(hashedSpace(namespace, collection));
    if (space === undefined) return;
    for (const [key] of [...space.range('', '')]) if (isDeleted(sha256(utf8(key)))) space.delete(key);
  }

  /** Removes values whose block-to-live ends with this block. */
  expire(blockNumber: number): void {
    for (const { space, key, version } of this.#expiry.get(blockNumber) ?? []) {
      const current = this.#spaces.get(space)?.get(key);
      if (current !== undefined && current.version.blockNum === version.blockNum && current.version.txNum === version.txNum) this.#spaces.get(space)?.delete(key);
    }
    this.#expiry.delete(blockNumber);
  }

  #write(namespace: string, definition: CollectionDefinition, rwset: Uint8Array, version: Version): void {
    const name = hashedSpace(namespace, definition.name);
    const space = this.#spaces.get(name) ?? new SortedMap<VersionedValue>();
    this.#spaces.set(name, space);
    for (const write of protos.rwset.kvrwset.KVRWSet.deserializeBinary(rwset).getWritesList()) {
      const key = write.getKey();
      if (write.getIsDelete() || write.getValue_asU8().length === 0) {
        space.delete(key);
        continue;
      }
      space.set(key, { value: write.getValue_asU8(), metadata: new Map(), version });
      if (definition.blockToLive > 0) {
        const at = version.blockNum + definition.blockToLive + 1;
        this.#expiry.set(at, [...(this.#expiry.get(at) ?? []), { space: name, key, version }]);
      }
    }
  }
}
