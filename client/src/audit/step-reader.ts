import { implicitCollection, keyTable, sha256Hex, splitKey } from '@dualchain/model';
import type { LedgerObjects, ObjectType, SealedRecord } from '@dualchain/model';
import type { HashedWrite, LedgerBlock, LedgerTransaction } from '../events/decode-block';
import type { LedgerState } from './ledger-state';
import type { AnyChange, RecordChange, Step } from './step';

const IMPLICIT = implicitCollection('');

/** Which ledger is read: whose private data came with it, and the chaincode whose keys count. */
export interface LedgerOf {
  /** Empty: blocks without private data, as anyone on the channel has them. */
  readonly mspId: string;
  readonly chaincode: string;
}

/** What a transaction changes in `state`, which it leaves as it is; undefined for one that is not valid or changes nothing of the chaincode. */
export function readStep({ mspId, chaincode }: LedgerOf, { number: block }: LedgerBlock, transaction: LedgerTransaction, state: LedgerState): Step | undefined {
  if (!transaction.valid) return undefined;
  const ours = ({ namespace }: { readonly namespace: string }) => namespace === chaincode;
  const writes = transaction.writes.filter(ours);
  const hashed = transaction.hashedWrites.filter(ours);
  const delivered = transaction.privateWrites.filter(ours);
  if (writes.length === 0 && hashed.length === 0 && delivered.length === 0) return undefined;
  const changes: AnyChange[] = [];
  const unknownKeys: string[] = [];
  const strange: string[] = [];
  for (const { key, isDelete, value } of writes) {
    const split = splitKey(key);
    if (split === undefined) {
      unknownKeys.push(key);
      continue;
    }
    const { type, attributes } = split;
    const after = isDelete ? undefined : (objectOf(value) as LedgerObjects[ObjectType] | undefined);
    if (!isDelete && !fitsKey(type, attributes, after)) strange.push(`what was written to ${[type, ...attributes].join('/')} is no object of this name`);
    if (after === undefined && !isDelete) continue;
    changes.push({ type, attributes, before: state.get(type, ...attributes), after } as AnyChange);
  }
  const call = transaction.args[0]?.toString('utf8') ?? '';
  const own = readRecords(mspId, delivered, hashed, state, strange);
  return {
    block,
    transactionId: transaction.id,
    call,
    verb: call.slice(call.indexOf(':') + 1),
    creator: transaction.creator,
    endorsers: transaction.endorsers,
    at: transaction.at?.toISOString() ?? '',
    changes,
    records: own.records,
    hashes: hashed.flatMap(({ collection, keyHash, isDelete, valueHash }) => (collection.startsWith(IMPLICIT) ? [{ mspId: collection.slice(IMPLICIT.length), keyHash, valueHash: isDelete ? undefined : valueHash }] : [])),
    unknownKeys,
    strange,
    missing: own.missing,
  };
}

function readRecords(mspId: string, delivered: LedgerTransaction['privateWrites'], hashed: readonly HashedWrite[], state: LedgerState, strange: string[]): { readonly records: RecordChange[]; readonly missing: number } {
  const own = implicitCollection(mspId);
  const told = new Map(hashed.map((write) => [`${write.collection} ${write.keyHash}`, write]));
  const records: RecordChange[] = [];
  const came = new Set<string>();
  for (const { collection, key, isDelete, value } of delivered) {
    const name = `${collection} ${sha256Hex(key)}`;
    const hash = isDelete ? undefined : sha256Hex(value);
    const write = told.get(name);
    if (collection !== own) strange.push(`data of ${collection} came to ${mspId}`);
    else if (write === undefined || write.isDelete !== isDelete || (!isDelete && write.valueHash !== hash)) strange.push('a private value is not what the block has the hash of');
    else came.add(name);
    if (collection !== own || key.startsWith('anchor:')) continue;
    const after = isDelete ? undefined : (objectOf(value) as SealedRecord | undefined);
    if (after === undefined && !isDelete) strange.push('a private value is no sealed record');
    else records.push({ key, before: state.recordAt(key), after, hash });
  }
  let missing = 0;
  // Blocks without an owner came without private data: everything sealed is unseen.
  for (const [name, { collection }] of told) if ((mspId === '' || collection === own) && !came.has(name)) missing += 1;
  return { records, missing };
}

/** Whether a value says the id that its key says; an object under another name would escape whoever looks for it. */
function fitsKey(type: ObjectType, attributes: readonly string[], value: object | undefined): boolean {
  return value !== undefined && (keyTable[type].attributes.join() !== 'id' || Reflect.get(value, 'id') === attributes[0]);
}

/** The JSON object that the bytes are; undefined if they are none. */
function objectOf(value: Buffer): object | undefined {
  try {
    const parsed: unknown = JSON.parse(value.toString('utf8'));
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}
