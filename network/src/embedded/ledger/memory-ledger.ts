import { peer } from '@hyperledger/fabric-protos';
import type { ChannelBundle, CollectionDefinition, CommittedBlock, DefinitionLookup, PeerLedger, StateReader, TxSimulator, Version, VersionedValue } from '../interfaces';
import { findCollection, memberMspIds } from '../privdata/collections';
import { hex } from '../protos';
import { createSimulator } from '../simulator/simulator';
import { LIFECYCLE } from '../validator/endorsement';
import type { ParsedTransaction } from '../validator/parse';
import { BlockStore } from './block-store';
import { PrivateStore } from './private-store';
import { beginning, takeBlock } from './step';
import type { Position } from './step';

export interface LedgerOptions {
  readonly channelId: string;
  /** Organisation of the peer: decides which private data it keeps. */
  readonly mspId: string;
  readonly bundle: ChannelBundle;
  readonly definitions: DefinitionLookup;
  /** Serialized block 0. */
  readonly genesisBlock: Uint8Array;
}

/** The ledger of one peer, in memory: state, history, blocks, private data. */
export class MemoryLedger implements PeerLedger {
  readonly channelId: string;
  readonly #options: LedgerOptions;
  readonly #blocks = new BlockStore();
  readonly #private = new PrivateStore();
  readonly #listeners = new Set<(block: CommittedBlock) => void>();
  #position: Position;

  constructor(options: LedgerOptions) {
    this.#options = options;
    this.channelId = options.channelId;
    this.#position = beginning(options.genesisBlock);
    this.commit(options.genesisBlock, () => undefined);
  }

  get height(): number {
    return this.#blocks.height;
  }

  get state(): StateReader {
    return this.#position.state;
  }

  getState(namespace: string, key: string): VersionedValue | undefined {
    return this.#position.state.getState(namespace, key);
  }

  getStateRange(namespace: string, startKey: string, endKey: string): IterableIterator<{ key: string; value: VersionedValue }> {
    return this.#position.state.getStateRange(namespace, startKey, endKey);
  }

  getHashed(namespace: string, collection: string, keyHash: Uint8Array): VersionedValue | undefined {
    return this.#position.state.getHashed(namespace, collection, keyHash);
  }

  getPrivate(namespace: string, collection: string, key: string): VersionedValue | undefined {
    return this.#private.get(namespace, collection, key);
  }

  getPrivateDataOfBlock(number: number): ReadonlyMap<number, Uint8Array> {
    return this.#private.ofBlock(number);
  }

  stateHash(): string {
    return this.#position.state.hash();
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
      history: (namespace, key) => this.#position.state.history(namespace, key),
      privateRange: (namespace, collection, startKey, endKey) => this.#private.range(namespace, collection, startKey, endKey),
    });
  }

  onCommit(listener: (block: CommittedBlock) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  commit(bytes: Uint8Array, privateData: (txId: string) => Uint8Array | undefined): CommittedBlock {
    const step = takeBlock(this.#position, bytes, { bundle: this.#options.bundle, definitions: this.#options.definitions, isKnownTransaction: (txId) => this.#blocks.transaction(txId) !== undefined });
    const { header, transactions, codes, finished } = step;
    const number = header.getNumber();
    transactions.forEach((transaction, index) => {
      if (codes[index] === peer.TxValidationCode.VALID && !transaction.isConfig) this.#keepPrivate(transaction, { blockNum: number, txNum: index }, privateData(transaction.txId));
    });
    this.#private.expire(number);
    this.#position = step;
    this.#blocks.append(finished, header, transactions, codes);
    const committed: CommittedBlock = { number, bytes: finished, codes, txIds: transactions.map((transaction) => transaction.txId) };
    for (const listener of [...this.#listeners]) listener(committed);
    return committed;
  }

  /** What of a transaction's private data this peer keeps, and no longer keeps. */
  #keepPrivate({ namespaces }: ParsedTransaction, version: Version, secret: Uint8Array | undefined): void {
    for (const { namespace, collections } of namespaces) {
      for (const { name, writes } of collections) {
        for (const { keyHash, isPurge, isDelete } of writes) {
          if (isPurge) this.#private.purge(namespace, name, hex(keyHash));
          else if (isDelete) this.#private.remove(namespace, name, hex(keyHash));
        }
      }
    }
    if (secret !== undefined) this.#private.apply(secret, namespaces, version, (namespace, name) => this.#memberCollection(namespace, name));
  }

  #collection(namespace: string, name: string): CollectionDefinition | undefined {
    return findCollection((key) => this.#position.state.getState(LIFECYCLE, key)?.value, this.#options.definitions, this.#options.bundle, namespace, name);
  }

  #memberCollection(namespace: string, name: string): CollectionDefinition | undefined {
    const collection = this.#collection(namespace, name);
    return collection !== undefined && memberMspIds(collection).has(this.#options.mspId) ? collection : undefined;
  }
}
