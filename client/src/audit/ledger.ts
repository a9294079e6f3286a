import { implicitCollection, recordKey, sha256Hex, splitKey } from '@dualchain/model';
import type { LedgerObjects, ObjectType, SealedRecord } from '@dualchain/model';
import type { LedgerBlock, LedgerTransaction } from '../events/decode-block';

/** A public object before and after one transaction; undefined where it did not exist. */
export interface Change<T extends ObjectType = ObjectType> {
  readonly type: T;
  readonly attributes: readonly string[];
  readonly before: LedgerObjects[T] | undefined;
  readonly after: LedgerObjects[T] | undefined;
}
export type AnyChange = { [T in ObjectType]: Change<T> }[ObjectType];

/** A sealed record of the own organisation before and after one transaction. */
export interface RecordChange {
  readonly key: string;
  readonly before: SealedRecord | undefined;
  readonly after: SealedRecord | undefined;
}

/** One valid transaction of the chaincode and everything that it changed. */
export interface Step {
  readonly block: bigint;
  readonly transactionId: string;
  /** Contract and verb, such as "certificate:splitHolding"; the name of the verb alone is `verb`. */
  readonly call: string;
  readonly verb: string;
  readonly creator: string;
  readonly endorsers: readonly string[];
  /** Time of the transaction, ISO 8601 in UTC. */
  readonly at: string;
  readonly changes: readonly AnyChange[];
  readonly records: readonly RecordChange[];
  /** Hashed writes, by organisation: SHA-256 (hex) of record key and of record; no value where it was deleted. */
  readonly hashes: readonly { readonly mspId: string; readonly keyHash: string; readonly valueHash: string | undefined }[];
}

/** What one organisation's own ledger says, read once and replayed by each check. */
export interface AuditedLedger {
  readonly mspId: string;
  readonly blocks: readonly LedgerBlock[];
  readonly steps: readonly Step[];
  /** Public keys of the chaincode that the key table does not know. */
  readonly unknownKeys: readonly { readonly block: bigint; readonly transactionId: string; readonly key: string }[];
  /** Private writes that came with another value than the block's hash says, or from a collection of somebody else. */
  readonly strangePrivateWrites: readonly { readonly block: bigint; readonly transactionId: string; readonly collection: string; readonly why: string }[];
  /** Writes to the own collection whose value did not come with the block. */
  readonly missingPrivateWrites: number;
}

/** State as of one step; grows while a check walks through the steps. */
export class LedgerState {
  readonly #objects = new Map<ObjectType, Map<string, LedgerObjects[ObjectType]>>();
  readonly #records = new Map<string, SealedRecord>();
  readonly #hashes = new Map<string, string>();

  get<T extends ObjectType>(type: T, ...attributes: readonly string[]): LedgerObjects[T] | undefined {
    return this.#objects.get(type)?.get(attributes.join('\u0000')) as LedgerObjects[T] | undefined;
  }

  all<T extends ObjectType>(type: T): LedgerObjects[T][] {
    return [...(this.#objects.get(type)?.values() ?? [])] as LedgerObjects[T][];
  }

  /** The own organisation's sealed record; undefined where it holds none. */
  record(type: string, id: string): SealedRecord | undefined {
    return this.#records.get(recordKey(type, id));
  }

  /** SHA-256 (hex) of what an organisation holds under a private key: public, whoever may read it. */
  hashAt(mspId: string, privateKey: string): string | undefined {
    return this.#hashes.get(`${mspId} ${sha256Hex(privateKey)}`);
  }

  apply({ changes, records, hashes }: Step): void {
    for (const { type, attributes, after } of changes) {
      const objects = this.#objects.get(type) ?? new Map<string, LedgerObjects[ObjectType]>();
      this.#objects.set(type, objects);
      if (after === undefined) objects.delete(attributes.join('\u0000'));
      else objects.set(attributes.join('\u0000'), after);
    }
    for (const { key, after } of records) {
      if (after === undefined) this.#records.delete(key);
      else this.#records.set(key, after);
    }
    for (const { mspId, keyHash, valueHash } of hashes) {
      if (valueHash === undefined) this.#hashes.delete(`${mspId} ${keyHash}`);
      else this.#hashes.set(`${mspId} ${keyHash}`, valueHash);
    }
  }
}

/** Replays a ledger: each step with the state right after it. */
export function* walk(ledger: AuditedLedger): Generator<{ readonly step: Step; readonly state: LedgerState }, void, undefined> {
  const state = new LedgerState();
  for (const step of ledger.steps) {
    state.apply(step);
    yield { step, state };
  }
}

/** The changes of one kind of object in a step. */
export function changesOf<T extends ObjectType>(step: Step, type: T): readonly Change<T>[] {
  return step.changes.filter((change) => change.type === type) as unknown as Change<T>[];
}

/** Reads decoded blocks, from the first on, as the ledger of one organisation; only valid transactions of `chaincode` change anything. */
export function readLedger(mspId: string, chaincode: string, blocks: readonly LedgerBlock[]): AuditedLedger {
  const reader = new Reader(mspId, chaincode);
  for (const block of blocks) for (const transaction of block.transactions) if (transaction.valid) reader.read(block, transaction);
  return { mspId, blocks, steps: reader.steps, unknownKeys: reader.unknownKeys, strangePrivateWrites: reader.strange, missingPrivateWrites: reader.missing };
}

const IMPLICIT = implicitCollection('');

class Reader {
  readonly steps: Step[] = [];
  readonly unknownKeys: { block: bigint; transactionId: string; key: string }[] = [];
  readonly strange: { block: bigint; transactionId: string; collection: string; why: string }[] = [];
  missing = 0;
  readonly #mspId: string;
  readonly #chaincode: string;
  readonly #values = new Map<string, unknown>();
  readonly #records = new Map<string, SealedRecord>();

  constructor(mspId: string, chaincode: string) {
    this.#mspId = mspId;
    this.#chaincode = chaincode;
  }

  read({ number: block }: LedgerBlock, transaction: LedgerTransaction): void {
    const { id: transactionId } = transaction;
    const ours = ({ namespace }: { readonly namespace: string }) => namespace === this.#chaincode;
    const writes = transaction.writes.filter(ours);
    const hashed = transaction.hashedWrites.filter(ours);
    if (writes.length === 0 && hashed.length === 0) return;
    const changes: AnyChange[] = [];
    for (const { key, isDelete, value } of writes) {
      const split = splitKey(key);
      if (split === undefined) {
        this.unknownKeys.push({ block, transactionId, key });
        continue;
      }
      const after: unknown = isDelete ? undefined : JSON.parse(value.toString('utf8'));
      changes.push({ ...split, before: this.#values.get(key), after } as AnyChange);
      this.#values.set(key, after);
    }
    const call = transaction.args[0]?.toString('utf8') ?? '';
    this.steps.push({
      block,
      transactionId,
      call,
      verb: call.slice(call.indexOf(':') + 1),
      creator: transaction.creator,
      endorsers: transaction.endorsers,
      at: transaction.at?.toISOString() ?? '',
      changes,
      records: this.#readRecords(block, transaction, hashed),
      hashes: hashed.flatMap(({ collection, keyHash, isDelete, valueHash }) => (collection.startsWith(IMPLICIT) ? [{ mspId: collection.slice(IMPLICIT.length), keyHash, valueHash: isDelete ? undefined : valueHash }] : [])),
    });
  }

  #readRecords(block: bigint, { id: transactionId, privateWrites }: LedgerTransaction, hashed: LedgerTransaction['hashedWrites']): RecordChange[] {
    const own = implicitCollection(this.#mspId);
    const records: RecordChange[] = [];
    const came = new Set<string>();
    for (const { namespace, collection, key, isDelete, value } of privateWrites) {
      if (namespace !== this.#chaincode) continue;
      const keyHash = sha256Hex(key);
      const told = hashed.find((write) => write.collection === collection && write.keyHash === keyHash);
      if (collection !== own) this.strange.push({ block, transactionId, collection, why: `data of ${collection} came to ${this.#mspId}` });
      else if (told === undefined || told.isDelete !== isDelete || (!isDelete && told.valueHash !== sha256Hex(value))) this.strange.push({ block, transactionId, collection, why: 'a private value is not what the block has the hash of' });
      else came.add(keyHash);
      if (collection !== own || key.startsWith('anchor:')) continue;
      const after = isDelete ? undefined : (JSON.parse(value.toString('utf8')) as SealedRecord);
      records.push({ key, before: this.#records.get(key), after });
      if (after === undefined) this.#records.delete(key);
      else this.#records.set(key, after);
    }
    this.missing += hashed.filter((write) => write.collection === own && !came.has(write.keyHash)).length;
    return records;
  }
}
