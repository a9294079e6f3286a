import { ledger } from '@hyperledger/fabric-protos';
import type { SimulationResults, TouchedNamespace, Version } from '../interfaces';
import { compareKeys, hex, sha256, utf8 } from '../protos';
import type { ParsedRead } from '../validator/parse';
import { kvRead, summarize } from './merkle';

const { kvrwset } = ledger.rwset;
export const VALIDATION_PARAMETER = 'VALIDATION_PARAMETER';
type Metadata = ReadonlyMap<string, Uint8Array>;

/** Records the rows that a range query returned. */
export class RangeRecorder {
  readonly reads: ParsedRead[] = [];
  exhausted = false;
  stopped = false;

  constructor(
    readonly startKey: string,
    readonly requestedEnd: string,
  ) {}

  add(key: string, version: Version): void {
    if (!this.stopped) this.reads.push({ key, version });
  }

  exhaust(): void {
    if (!this.stopped) this.exhausted = true;
    this.stopped = true;
  }

  stop(): void {
    this.stopped = true;
  }

  /** If the rows did not run out, the range that was seen ends with the last row. */
  get endKey(): string {
    return this.exhausted ? this.requestedEnd : (this.reads.at(-1)?.key ?? this.requestedEnd);
  }
}

interface CollectionParts {
  readonly reads: Map<string, { keyHash: Uint8Array; version: Version | undefined }>;
  readonly writes: Map<string, { value: Uint8Array | undefined; isPurge: boolean }>;
  readonly metadata: Map<string, Metadata>;
  readonly policies: Map<string, Metadata | undefined>;
}

interface NamespaceParts {
  readonly reads: Map<string, Version | undefined>;
  readonly writes: Map<string, Uint8Array | undefined>;
  readonly metadata: Map<string, Metadata>;
  readonly ranges: RangeRecorder[];
  readonly collections: Map<string, CollectionParts>;
  /** Committed metadata of each written key. */
  readonly policies: Map<string, Metadata | undefined>;
}

/** Collects reads and writes and serializes them as Fabric does: sorted, hashed for collections. */
export class ReadWriteSetBuilder {
  readonly #namespaces = new Map<string, NamespaceParts>();

  read(namespace: string, key: string, version: Version | undefined): void {
    this.#of(namespace).reads.set(key, version);
  }

  write(namespace: string, key: string, value: Uint8Array | undefined, committed: Metadata | undefined): void {
    const parts = this.#of(namespace);
    parts.writes.set(key, value === undefined || value.length === 0 ? undefined : value);
    parts.policies.set(key, committed);
  }

  writeMetadata(namespace: string, key: string, entries: Metadata, committed: Metadata | undefined): void {
    const parts = this.#of(namespace);
    parts.metadata.set(key, entries);
    parts.policies.set(key, committed);
  }

  range(namespace: string, startKey: string, endKey: string): RangeRecorder {
    const recorder = new RangeRecorder(startKey, endKey);
    this.#of(namespace).ranges.push(recorder);
    return recorder;
  }

  readHashed(namespace: string, collection: string, keyHash: Uint8Array, version: Version | undefined): void {
    this.#collection(namespace, collection).reads.set(hex(keyHash), { keyHash, version });
  }

  writePrivate(namespace: string, collection: string, key: string, value: Uint8Array | undefined, isPurge: boolean, committed: Metadata | undefined): void {
    const parts = this.#collection(namespace, collection);
    parts.writes.set(key, { value: value === undefined || value.length === 0 ? undefined : value, isPurge });
    parts.policies.set(key, committed);
  }

  writePrivateMetadata(namespace: string, collection: string, key: string, entries: Metadata, committed: Metadata | undefined): void {
    const parts = this.#collection(namespace, collection);
    parts.metadata.set(key, entries);
    parts.policies.set(key, committed);
  }

  results(): SimulationResults {
    const publicSet = new ledger.rwset.TxReadWriteSet();
    const privateSet = new ledger.rwset.TxPvtReadWriteSet();
    const touched: TouchedNamespace[] = [];
    for (const [namespace, parts] of sorted(this.#namespaces)) {
      const ns = new ledger.rwset.NsReadWriteSet();
      ns.setNamespace(namespace);
      ns.setRwset(publicPart(parts).serializeBinary());
      const privateNs = new ledger.rwset.NsPvtReadWriteSet();
      privateNs.setNamespace(namespace);
      for (const [name, collection] of sorted(parts.collections)) {
        const hasWrites = collection.writes.size > 0 || collection.metadata.size > 0;
        const privateBytes = hasWrites ? privatePart(collection).serializeBinary() : undefined;
        const hashed = new ledger.rwset.CollectionHashedReadWriteSet();
        hashed.setCollectionName(name);
        hashed.setHashedRwset(hashedPart(collection).serializeBinary());
        if (privateBytes !== undefined) {
          hashed.setPvtRwsetHash(sha256(privateBytes));
          const entry = new ledger.rwset.CollectionPvtReadWriteSet();
          entry.setCollectionName(name);
          entry.setRwset(privateBytes);
          privateNs.addCollectionPvtRwset(entry);
        }
        ns.addCollectionHashedRwset(hashed);
      }
      publicSet.addNsRwset(ns);
      if (privateNs.getCollectionPvtRwsetList().length > 0) privateSet.addNsPvtRwset(privateNs);
      touched.push(touchedBy(namespace, parts));
    }
    return {
      publicReadWriteSet: publicSet.serializeBinary(),
      privateReadWriteSet: privateSet.getNsPvtRwsetList().length === 0 ? undefined : privateSet.serializeBinary(),
      touched,
    };
  }

  #of(namespace: string): NamespaceParts {
    let parts = this.#namespaces.get(namespace);
    if (parts === undefined) {
      parts = { reads: new Map(), writes: new Map(), metadata: new Map(), ranges: [], collections: new Map(), policies: new Map() };
      this.#namespaces.set(namespace, parts);
    }
    return parts;
  }

  #collection(namespace: string, name: string): CollectionParts {
    const parts = this.#of(namespace);
    let collection = parts.collections.get(name);
    if (collection === undefined) {
      collection = { reads: new Map(), writes: new Map(), metadata: new Map(), policies: new Map() };
      parts.collections.set(name, collection);
    }
    return collection;
  }
}

function publicPart(parts: NamespaceParts): ledger.rwset.kvrwset.KVRWSet {
  const set = new kvrwset.KVRWSet();
  for (const [key, version] of sorted(parts.reads)) set.addReads(kvRead({ key, version }));
  const seen = new Set<string>();
  for (const range of parts.ranges) {
    const identity = `${range.startKey}\u0000${range.endKey}\u0000${range.exhausted}`;
    if (seen.has(identity)) continue;
    seen.add(identity);
    set.addRangeQueriesInfo(rangeInfo(range));
  }
  for (const [key, value] of sorted(parts.writes)) set.addWrites(kvWrite(key, value));
  for (const [key, entries] of sorted(parts.metadata)) {
    const write = new kvrwset.KVMetadataWrite();
    write.setKey(key);
    write.setEntriesList(metadataEntries(entries));
    set.addMetadataWrites(write);
  }
  return set;
}

function rangeInfo(range: RangeRecorder): ledger.rwset.kvrwset.RangeQueryInfo {
  const info = new kvrwset.RangeQueryInfo();
  info.setStartKey(range.startKey);
  info.setEndKey(range.endKey);
  info.setItrExhausted(range.exhausted);
  const summary = summarize(range.reads);
  if (summary === undefined) {
    const reads = new kvrwset.QueryReads();
    reads.setKvReadsList(range.reads.map(kvRead));
    info.setRawReads(reads);
  } else {
    const message = new kvrwset.QueryReadsMerkleSummary();
    message.setMaxDegree(summary.maxDegree);
    message.setMaxLevel(summary.maxLevel);
    message.setMaxLevelHashesList([...summary.hashes]);
    info.setReadsMerkleHashes(message);
  }
  return info;
}

function hashedPart(parts: CollectionParts): ledger.rwset.kvrwset.HashedRWSet {
  const set = new kvrwset.HashedRWSet();
  for (const { keyHash, version } of [...parts.reads.values()].sort((a, b) => Buffer.compare(a.keyHash, b.keyHash))) {
    const read = new kvrwset.KVReadHash();
    read.setKeyHash(keyHash);
    const height = kvRead({ key: '', version }).getVersion();
    if (height !== undefined) read.setVersion(height);
    set.addHashedReads(read);
  }
  const writes = [...parts.writes].map(([key, write]) => ({ ...write, keyHash: sha256(utf8(key)) }));
  for (const { keyHash, value, isPurge } of writes.sort((a, b) => Buffer.compare(a.keyHash, b.keyHash))) {
    const write = new kvrwset.KVWriteHash();
    write.setKeyHash(keyHash);
    if (value === undefined) write.setIsDelete(true);
    else write.setValueHash(sha256(value));
    if (isPurge) write.setIsPurge(true);
    set.addHashedWrites(write);
  }
  const metadata = [...parts.metadata].map(([key, entries]) => ({ entries, keyHash: sha256(utf8(key)) }));
  for (const { keyHash, entries } of metadata.sort((a, b) => Buffer.compare(a.keyHash, b.keyHash))) {
    const write = new kvrwset.KVMetadataWriteHash();
    write.setKeyHash(keyHash);
    write.setEntriesList(metadataEntries(entries));
    set.addMetadataWrites(write);
  }
  return set;
}

function privatePart(parts: CollectionParts): ledger.rwset.kvrwset.KVRWSet {
  const set = new kvrwset.KVRWSet();
  for (const [key, { value }] of sorted(parts.writes)) set.addWrites(kvWrite(key, value));
  for (const [key] of sorted(parts.metadata)) {
    const write = new kvrwset.KVMetadataWrite();
    write.setKey(key);
    set.addMetadataWrites(write);
  }
  return set;
}

function kvWrite(key: string, value: Uint8Array | undefined): ledger.rwset.kvrwset.KVWrite {
  const write = new kvrwset.KVWrite();
  write.setKey(key);
  if (value === undefined) write.setIsDelete(true);
  else write.setValue(value);
  return write;
}

function metadataEntries(entries: Metadata): ledger.rwset.kvrwset.KVMetadataEntry[] {
  return sorted(entries).map(([name, value]) => {
    const entry = new kvrwset.KVMetadataEntry();
    entry.setName(name);
    entry.setValue(value);
    return entry;
  });
}

function touchedBy(namespace: string, parts: NamespaceParts): TouchedNamespace {
  const written = [...parts.policies];
  return {
    namespace,
    publicReads: parts.reads.size > 0 || parts.ranges.length > 0,
    publicWrites: written.length > 0,
    keyPolicies: policiesOf(written),
    namespacePolicyApplies: written.some(([, metadata]) => metadata?.has(VALIDATION_PARAMETER) !== true),
    collections: sorted(parts.collections).map(([name, collection]) => ({
      name,
      reads: collection.reads.size > 0,
      writes: collection.policies.size > 0,
      keyPolicies: policiesOf([...collection.policies]),
      collectionPolicyApplies: [...collection.policies].some(([, metadata]) => metadata?.has(VALIDATION_PARAMETER) !== true),
    })),
  };
}

function policiesOf(written: readonly (readonly [string, Metadata | undefined])[]): Uint8Array[] {
  const distinct = new Map<string, Uint8Array>();
  for (const [, metadata] of written) {
    const policy = metadata?.get(VALIDATION_PARAMETER);
    if (policy !== undefined) distinct.set(hex(policy), policy);
  }
  return [...distinct.values()];
}

function sorted<V>(map: ReadonlyMap<string, V>): [string, V][] {
  return [...map].sort(([a], [b]) => compareKeys(a, b));
}
