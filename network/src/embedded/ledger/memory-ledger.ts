import { common, peer } from '@hyperledger/fabric-protos';
import type { ChannelBundle, CollectionDefinition, CommittedBlock, DefinitionLookup, PeerLedger, StateReader, TxSimulator, Version, VersionedValue } from '../interfaces';
import { findCollection, memberMspIds } from '../privdata/collections';
import { hex } from '../protos';
import { createSimulator } from '../simulator/simulator';
import { LIFECYCLE } from '../validator/endorsement';
import type { ParsedNamespace, ParsedTransaction } from '../validator/parse';
import { parseBlock } from '../validator/parse';
import { validateBlock } from '../validator/validate';
import { BlockStore, sharedForm } from './block-store';
import { BlockDigest, commitHash } from './commit-hash';
import { KeyHistory } from './key-history';
import { PrivateStore } from './private-store';
import { WorldState } from './state';

export interface LedgerOptions {
  readonly channelId: string;
  /** Organisation of the peer: decides which private data it keeps. */
  readonly mspId: string;
  readonly bundle: ChannelBundle;
  readonly definitions: DefinitionLookup;
  /** Serialized block 0. */
  readonly genesisBlock: Uint8Array;
}

/** What blocks wrote, for as long as somebody has their bytes. */
const digests = new WeakMap<Uint8Array, { readonly codes: readonly number[]; readonly updates: Uint8Array }>();

/** Peers of one process that are handed the same bytes and find the same transactions valid write the same: they share the work. */
function knownUpdates(bytes: Uint8Array, codes: readonly number[]): Uint8Array | undefined {
  const known = digests.get(bytes);
  return known !== undefined && known.codes.length === codes.length && known.codes.every((code, index) => code === codes[index]) ? known.updates : undefined;
}

/** The ledger of one peer, in memory: state, history, blocks, private data. */
export class MemoryLedger implements PeerLedger {
  readonly channelId: string;
  readonly #options: LedgerOptions;
  readonly #state = new WorldState();
  readonly #blocks = new BlockStore();
  readonly #private = new PrivateStore();
  readonly #history = new KeyHistory();
  readonly #hashedExpiry = new Map<number, { namespace: string; collection: string; keyHash: Uint8Array; version: Version }[]>();
  readonly #listeners = new Set<(block: CommittedBlock) => void>();
  #commitHash: Uint8Array = new Uint8Array();

  constructor(options: LedgerOptions) {
    this.#options = options;
    this.channelId = options.channelId;
    this.commit(options.genesisBlock, () => undefined);
  }

  get height(): number {
    return this.#blocks.height;
  }

  get state(): StateReader {
    return this.#state;
  }

  getState(namespace: string, key: string): VersionedValue | undefined {
    return this.#state.getState(namespace, key);
  }

  getStateRange(namespace: string, startKey: string, endKey: string): IterableIterator<{ key: string; value: VersionedValue }> {
    return this.#state.getStateRange(namespace, startKey, endKey);
  }

  getHashed(namespace: string, collection: string, keyHash: Uint8Array): VersionedValue | undefined {
    return this.#state.getHashed(namespace, collection, keyHash);
  }

  getPrivate(namespace: string, collection: string, key: string): VersionedValue | undefined {
    return this.#private.get(namespace, collection, key);
  }

  getPrivateDataOfBlock(number: number): ReadonlyMap<number, Uint8Array> {
    return this.#private.ofBlock(number);
  }

  stateHash(): string {
    return this.#state.hash();
  }

  getBlock(number: number): Uint8Array | undefined {
    return this.#blocks.get(number);
  }

  getBlockByHash(hash: Uint8Array): Uint8Array | undefined {
    return this.#blocks.byHash(hash);
  }

  findTransaction(txId: string): { blockNumber: number; index: number; code: number; envelope: Uint8Array } | undefined {
    return this.#blocks.transaction(txId);
  }

  chainInfo(): { height: number; currentBlockHash: Uint8Array; previousBlockHash: Uint8Array } {
    return this.#blocks.info();
  }

  newSimulator(txId: string): TxSimulator {
    return createSimulator({
      txId,
      ledger: this,
      bundle: this.#options.bundle,
      collection: (namespace, name) => this.#collection(namespace, name),
      history: (namespace, key) => this.#history.of(namespace, key),
      privateRange: (namespace, collection, startKey, endKey) => this.#private.range(namespace, collection, startKey, endKey),
    });
  }

  onCommit(listener: (block: CommittedBlock) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  commit(bytes: Uint8Array, privateData: (txId: string) => Uint8Array | undefined): CommittedBlock {
    const block = common.Block.deserializeBinary(bytes);
    const header = block.getHeader() ?? new common.BlockHeader();
    const number = header.getNumber();
    const transactions = parseBlock(bytes, block.getData()?.getDataList_asU8() ?? []);
    const codes = validateBlock(transactions, number, {
      state: this.#state,
      bundle: this.#options.bundle,
      lookup: this.#options.definitions,
      isKnownTransaction: (txId) => this.#blocks.transaction(txId) !== undefined,
    });
    const shared = knownUpdates(bytes, codes);
    const updates = shared === undefined ? new BlockDigest() : undefined;
    let stateless = true;
    transactions.forEach((transaction, index) => {
      if (codes[index] !== peer.TxValidationCode.VALID || transaction.isConfig) return;
      const version = { blockNum: number, txNum: index };
      for (const ns of transaction.namespaces) stateless = this.#applyNamespace(ns, transaction, version, updates) && stateless;
      const secret = privateData(transaction.txId);
      if (secret !== undefined) this.#private.apply(secret, transaction.namespaces, version, (namespace, name) => this.#memberCollection(namespace, name));
    });
    const serialized = shared ?? updates?.serialize() ?? new Uint8Array();
    if (updates !== undefined && stateless) digests.set(bytes, { codes, updates: serialized });
    this.#expire(number);
    this.#finish(block, codes, number, serialized);
    const finished = sharedForm(bytes, block.serializeBinary());
    this.#blocks.append(finished, header, transactions, codes);
    const committed: CommittedBlock = { number, bytes: finished, codes, txIds: transactions.map((transaction) => transaction.txId) };
    for (const listener of [...this.#listeners]) listener(committed);
    return committed;
  }

  /** `updates` undefined: they are known. Answers whether what was written follows from the transaction alone. */
  #applyNamespace(ns: ParsedNamespace, transaction: ParsedTransaction, version: Version, updates: BlockDigest | undefined): boolean {
    let stateless = true;
    const metadata = new Map(ns.metadataWrites.map((write) => [write.key, write.entries]));
    for (const write of ns.writes) {
      this.#state.apply(ns.namespace, write.key, { value: write.value, isDelete: write.isDelete, metadataOnly: false, metadata: metadata.get(write.key) }, version);
      metadata.delete(write.key);
      updates?.add(ns.namespace, write.key, write.isDelete ? undefined : write.value, version);
      this.#history.add(ns.namespace, transaction, write);
    }
    for (const [key, entries] of metadata) {
      stateless = false;
      this.#state.apply(ns.namespace, key, { isDelete: false, metadataOnly: true, metadata: entries }, version);
      const kept = this.#state.getState(ns.namespace, key);
      if (kept !== undefined) updates?.add(ns.namespace, key, kept.value, version);
    }
    for (const collection of ns.collections) {
      const hashedMetadata = new Map(collection.metadataWrites.map((write) => [hex(write.keyHash), write]));
      const blockToLive = this.#collection(ns.namespace, collection.name)?.blockToLive ?? 0;
      for (const write of collection.writes) {
        const key = hex(write.keyHash);
        this.#state.applyHashed(ns.namespace, collection.name, write.keyHash, { value: write.valueHash, isDelete: write.isDelete, metadataOnly: false, metadata: hashedMetadata.get(key)?.entries }, version);
        hashedMetadata.delete(key);
        updates?.addHashed(ns.namespace, collection.name, key, write.isDelete ? undefined : write.valueHash, version);
        if (write.isPurge) this.#private.purge(ns.namespace, collection.name, key);
        else if (write.isDelete) this.#private.remove(ns.namespace, collection.name, key);
        if (blockToLive > 0) {
          const at = version.blockNum + blockToLive + 1;
          this.#hashedExpiry.set(at, [...(this.#hashedExpiry.get(at) ?? []), { namespace: ns.namespace, collection: collection.name, keyHash: write.keyHash, version }]);
        }
      }
      for (const { keyHash, entries } of hashedMetadata.values()) {
        stateless = false;
        this.#state.applyHashed(ns.namespace, collection.name, keyHash, { isDelete: false, metadataOnly: true, metadata: entries }, version);
        const kept = this.#state.getHashed(ns.namespace, collection.name, keyHash);
        if (kept !== undefined) updates?.addHashed(ns.namespace, collection.name, hex(keyHash), kept.value, version);
      }
    }
    return stateless;
  }

  #expire(number: number): void {
    for (const { namespace, collection, keyHash, version } of this.#hashedExpiry.get(number) ?? []) {
      const current = this.#state.getHashed(namespace, collection, keyHash);
      if (current?.version.blockNum === version.blockNum && current.version.txNum === version.txNum) this.#state.applyHashed(namespace, collection, keyHash, { isDelete: true, metadataOnly: false }, version);
    }
    this.#hashedExpiry.delete(number);
    this.#private.expire(number);
  }

  /** Fills in the metadata that a peer adds: the validation codes and the running commit hash. */
  #finish(block: common.Block, codes: readonly number[], number: number, updates: Uint8Array): void {
    const metadata = block.getMetadata() ?? new common.BlockMetadata();
    const slots = metadata.getMetadataList_asU8();
    while (slots.length < 5) slots.push(new Uint8Array());
    slots[common.BlockMetadataIndex.TRANSACTIONS_FILTER] = Uint8Array.from(codes);
    if (number > 0) {
      this.#commitHash = commitHash(codes, updates, this.#commitHash);
      const hash = new common.Metadata();
      hash.setValue(this.#commitHash);
      slots[common.BlockMetadataIndex.COMMIT_HASH] = hash.serializeBinary();
    }
    metadata.setMetadataList(slots);
    block.setMetadata(metadata);
  }

  #collection(namespace: string, name: string): CollectionDefinition | undefined {
    return findCollection((key) => this.#state.getState(LIFECYCLE, key)?.value, this.#options.definitions, this.#options.bundle, namespace, name);
  }

  #memberCollection(namespace: string, name: string): CollectionDefinition | undefined {
    const collection = this.#collection(namespace, name);
    return collection !== undefined && memberMspIds(collection).has(this.#options.mspId) ? collection : undefined;
  }
}
