import type { LedgerObjects, ObjectType, SealedRecord } from '@dualchain/model';

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
  /** SHA-256 (hex) of the bytes that came; undefined where it was deleted. */
  readonly hash: string | undefined;
}

/** A hashed write: SHA-256 (hex) of a private key and of its value; no value where it was deleted. */
export interface HashChange {
  readonly mspId: string;
  readonly keyHash: string;
  readonly valueHash: string | undefined;
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
  readonly hashes: readonly HashChange[];
  /** Public keys that the key table does not know. */
  readonly unknownKeys: readonly string[];
  /** What cannot stand on an honest ledger: values that are no objects, private values that are not what the block has the hash of. */
  readonly strange: readonly string[];
  /** Writes to the own collection whose value did not come with the block. */
  readonly missing: number;
}

/** The changes of one kind of object in a step. */
export function changesOf<T extends ObjectType>(step: Step, type: T): readonly Change<T>[] {
  return step.changes.filter((change) => change.type === type) as unknown as Change<T>[];
}
