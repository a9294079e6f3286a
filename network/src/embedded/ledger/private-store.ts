import { ledger as protos } from '@hyperledger/fabric-protos';
import type { CollectionDefinition, Version, VersionedValue } from '../interfaces';
import { equalBytes, hex, sha256, utf8 } from '../protos';
import type { ParsedNamespace } from '../validator/parse';
import { SortedMap } from './sorted-map';
import { hashedSpace } from './state';

/** Values of one collection. */
interface Space {
  readonly values: SortedMap<VersionedValue>;
  /** Key by the hash of the key, in hexadecimal. */
  readonly keys: Map<string, string>;
  /** Transactions whose stored write sets hold the key, by the hash of the key. */
  readonly writers: Map<string, Version[]>;
}

interface Expiry {
  readonly namespace: string;
  readonly collection: string;
  readonly key: string;
  readonly version: Version;
}

type Write = protos.rwset.kvrwset.KVWrite;

/** Private values of the collections of which this peer's organisation is a member. */
export class PrivateStore {
  readonly #spaces = new Map<string, Space>();
  readonly #ofBlock = new Map<number, Map<number, Uint8Array>>();
  readonly #expiry = new Map<number, Expiry[]>();

  get(namespace: string, collection: string, key: string): VersionedValue | undefined {
    return this.#spaces.get(hashedSpace(namespace, collection))?.values.get(key);
  }

  *range(namespace: string, collection: string, startKey: string, endKey: string): IterableIterator<{ key: string; value: VersionedValue }> {
    for (const [key, value] of this.#spaces.get(hashedSpace(namespace, collection))?.values.range(startKey, endKey) ?? []) yield { key, value };
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

  /** Removes the value whose hash was deleted, whether or not this peer had the private write set. */
  remove(namespace: string, collection: string, keyHash: string): void {
    const space = this.#spaces.get(hashedSpace(namespace, collection));
    const key = space?.keys.get(keyHash);
    if (key !== undefined) space?.values.delete(key);
  }

  /** Removes every value that a key ever had, from the stored write sets too. */
  purge(namespace: string, collection: string, keyHash: string): void {
    this.remove(namespace, collection, keyHash);
    const space = this.#spaces.get(hashedSpace(namespace, collection));
    const key = space?.keys.get(keyHash);
    for (const version of space?.writers.get(keyHash) ?? []) this.#rewrite(version, namespace, collection, (write) => write.getKey() !== key);
    space?.writers.delete(keyHash);
    space?.keys.delete(keyHash);
  }

  /** Removes values whose block-to-live ends with this block. */
  expire(blockNumber: number): void {
    for (const { namespace, collection, key, version } of this.#expiry.get(blockNumber) ?? []) {
      const values = this.#spaces.get(hashedSpace(namespace, collection))?.values;
      const current = values?.get(key);
      if (current !== undefined && current.version.blockNum === version.blockNum && current.version.txNum === version.txNum) values?.delete(key);
      this.#rewrite(version, namespace, collection, () => false);
    }
    this.#expiry.delete(blockNumber);
  }

  #write(namespace: string, definition: CollectionDefinition, rwset: Uint8Array, version: Version): void {
    const name = hashedSpace(namespace, definition.name);
    const space = this.#spaces.get(name) ?? { values: new SortedMap<VersionedValue>(), keys: new Map<string, string>(), writers: new Map<string, Version[]>() };
    this.#spaces.set(name, space);
    for (const write of protos.rwset.kvrwset.KVRWSet.deserializeBinary(rwset).getWritesList()) {
      const key = write.getKey();
      if (write.getIsDelete() || write.getValue_asU8().length === 0) {
        space.values.delete(key);
        continue;
      }
      const keyHash = hex(sha256(utf8(key)));
      space.keys.set(keyHash, key);
      space.writers.set(keyHash, [...(space.writers.get(keyHash) ?? []), version]);
      space.values.set(key, { value: write.getValue_asU8(), metadata: new Map(), version });
      if (definition.blockToLive > 0) {
        const at = version.blockNum + definition.blockToLive + 1;
        this.#expiry.set(at, [...(this.#expiry.get(at) ?? []), { namespace, collection: definition.name, key, version }]);
      }
    }
  }

  /** Keeps only some of the writes to one collection in a stored write set. */
  #rewrite({ blockNum, txNum }: Version, namespace: string, collection: string, keep: (write: Write) => boolean): void {
    const block = this.#ofBlock.get(blockNum);
    const bytes = block?.get(txNum);
    if (block === undefined || bytes === undefined) return;
    const set = protos.rwset.TxPvtReadWriteSet.deserializeBinary(bytes);
    for (const ns of set.getNsPvtRwsetList()) {
      if (ns.getNamespace() !== namespace) continue;
      const parts = ns.getCollectionPvtRwsetList().flatMap((part) => {
        if (part.getCollectionName() !== collection) return [part];
        const inner = protos.rwset.kvrwset.KVRWSet.deserializeBinary(part.getRwset_asU8());
        inner.setWritesList(inner.getWritesList().filter(keep));
        part.setRwset(inner.serializeBinary());
        return inner.getWritesList().length === 0 ? [] : [part];
      });
      ns.setCollectionPvtRwsetList(parts);
    }
    set.setNsPvtRwsetList(set.getNsPvtRwsetList().filter((ns) => ns.getCollectionPvtRwsetList().length > 0));
    if (set.getNsPvtRwsetList().length === 0) block.delete(txNum);
    else block.set(txNum, set.serializeBinary());
  }
}
