import { common, peer } from '@hyperledger/fabric-protos';
import type { ChannelBundle, CollectionDefinition, DefinitionLookup, Version } from '../interfaces';
import { findCollection } from '../privdata/collections';
import { hex } from '../protos';
import { LIFECYCLE } from '../validator/endorsement';
import { parseBlock } from '../validator/parse';
import type { ParsedNamespace, ParsedTransaction } from '../validator/parse';
import { validateBlock } from '../validator/validate';
import { BlockDigest, commitHash } from './commit-hash';
import type { StateDraft } from './state';
import { WorldState } from './state';

/** What a ledger is after a block, as far as it follows from the blocks alone: every peer that holds them gets here. */
export interface Position {
  readonly state: WorldState;
  readonly commitHash: Uint8Array;
}

/** One block taken in from a position. */
export interface Step extends Position {
  readonly header: common.BlockHeader;
  readonly transactions: readonly ParsedTransaction[];
  readonly codes: readonly number[];
  /** The block with the metadata that a peer adds: the validation codes and the running commit hash. */
  readonly finished: Uint8Array;
}

export interface StepContext {
  readonly bundle: ChannelBundle;
  readonly definitions: DefinitionLookup;
  readonly isKnownTransaction: (txId: string) => boolean;
}

/** Where ledgers begin, by the bytes of their first block. */
const beginnings = new WeakMap<Uint8Array, Position>();
const steps = new WeakMap<Position, WeakMap<Uint8Array, { readonly bundle: ChannelBundle; readonly step: Step }>>();

export function beginning(genesisBlock: Uint8Array): Position {
  const known = beginnings.get(genesisBlock) ?? { state: new WorldState(), commitHash: new Uint8Array() };
  beginnings.set(genesisBlock, known);
  return known;
}

/**
 * Validates a block at a position and takes it in. Peers of one process that stand at the same position and are handed
 * the same bytes come to the same: the first of them does the work, and the position holds what the others need.
 */
export function takeBlock(at: Position, bytes: Uint8Array, context: StepContext): Step {
  let known = steps.get(at);
  if (known === undefined) steps.set(at, (known = new WeakMap()));
  const other = known.get(bytes);
  if (other?.bundle === context.bundle) return other.step;
  const step = compute(at, bytes, context);
  known.set(bytes, { bundle: context.bundle, step });
  return step;
}

function compute({ state, commitHash: before }: Position, bytes: Uint8Array, { bundle, definitions, isKnownTransaction }: StepContext): Step {
  const block = common.Block.deserializeBinary(bytes);
  const header = block.getHeader() ?? new common.BlockHeader();
  const number = header.getNumber();
  const transactions = parseBlock(bytes, block.getData()?.getDataList_asU8() ?? []);
  const codes = validateBlock(transactions, number, { state, bundle, lookup: definitions, isKnownTransaction });
  const draft = state.next();
  const updates = new BlockDigest();
  const collectionOf = (namespace: string, name: string) => findCollection((key) => state.getState(LIFECYCLE, key)?.value, definitions, bundle, namespace, name);
  transactions.forEach((transaction, index) => {
    if (codes[index] !== peer.TxValidationCode.VALID || transaction.isConfig) return;
    const version = { blockNum: number, txNum: index };
    for (const ns of transaction.namespaces) applyNamespace(ns, { draft, updates, version, transaction, collectionOf });
  });
  const running = number === 0 ? before : commitHash(codes, updates.serialize(), before);
  return { header, transactions, codes, state: draft.done(number), commitHash: running, finished: finish(block, codes, number === 0 ? undefined : running) };
}

interface Applying {
  readonly draft: StateDraft;
  readonly updates: BlockDigest;
  readonly version: Version;
  readonly transaction: ParsedTransaction;
  readonly collectionOf: (namespace: string, name: string) => CollectionDefinition | undefined;
}

function applyNamespace({ namespace, writes, metadataWrites, collections }: ParsedNamespace, { draft, updates, version, transaction, collectionOf }: Applying): void {
  const metadata = new Map(metadataWrites.map((write) => [write.key, write.entries]));
  for (const write of writes) {
    draft.write(namespace, write, metadata.get(write.key), version, transaction);
    metadata.delete(write.key);
    updates.add(namespace, write.key, write.isDelete ? undefined : write.value, version);
  }
  for (const [key, entries] of metadata) {
    const kept = draft.writeMetadata(namespace, key, entries, version);
    if (kept !== undefined) updates.add(namespace, key, kept, version);
  }
  for (const collection of collections) {
    const hashedMetadata = new Map(collection.metadataWrites.map(({ keyHash, entries }) => [hex(keyHash), entries]));
    const blockToLive = collection.writes.length === 0 ? 0 : (collectionOf(namespace, collection.name)?.blockToLive ?? 0);
    for (const write of collection.writes) {
      const keyHash = hex(write.keyHash);
      const value = write.isDelete ? undefined : write.valueHash;
      draft.writeHash(namespace, collection.name, keyHash, value, hashedMetadata.get(keyHash), version);
      hashedMetadata.delete(keyHash);
      updates.addHashed(namespace, collection.name, keyHash, value, version);
      if (blockToLive > 0) draft.endHash(version.blockNum + blockToLive + 1, { namespace, collection: collection.name, keyHash, version });
    }
    for (const [keyHash, entries] of hashedMetadata) {
      const kept = draft.writeHashMetadata(namespace, collection.name, keyHash, entries, version);
      if (kept !== undefined) updates.addHashed(namespace, collection.name, keyHash, kept, version);
    }
  }
}

function finish(block: common.Block, codes: readonly number[], running: Uint8Array | undefined): Uint8Array {
  const metadata = block.getMetadata() ?? new common.BlockMetadata();
  const slots = metadata.getMetadataList_asU8();
  while (slots.length < 5) slots.push(new Uint8Array());
  slots[common.BlockMetadataIndex.TRANSACTIONS_FILTER] = Uint8Array.from(codes);
  if (running !== undefined) {
    const hash = new common.Metadata();
    hash.setValue(running);
    slots[common.BlockMetadataIndex.COMMIT_HASH] = hash.serializeBinary();
  }
  metadata.setMetadataList(slots);
  block.setMetadata(metadata);
  return block.serializeBinary();
}
