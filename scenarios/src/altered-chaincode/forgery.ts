import type { HoldingSkeleton, ObjectType, SealedRecord } from '@dualchain/model';
import { fieldRoot, implicitCollection, recordBytes, recordKey, sealRecord } from '@dualchain/model';
import { Anchors, Bulk, DualchainContract, encode, keyOf } from '@dualchain/chaincode';
import type { ConsortiumContract } from '@dualchain/chaincode';
import { createHash } from 'node:crypto';

type Context = Parameters<ConsortiumContract['bootstrap']>[0];

/** A claim that does not exist, as two colluders would like to have it. */
export interface Invention {
  readonly holdingId: string;
  readonly certificateId: string;
  readonly obligor: string;
  readonly owner: string;
  readonly currency: string;
  readonly from: string;
  readonly to: string;
  /** Organisations into whose collections the sealed record is written. */
  readonly collections: readonly string[];
}

/** A public object that somebody else should have written. */
export interface ForgedObject {
  readonly type: ObjectType;
  readonly attributes: readonly string[];
  readonly value: Readonly<Record<string, unknown>>;
  /** Organisations into whose collections an anchor over `fact` is written. */
  readonly anchors?: readonly string[];
  readonly fact?: unknown;
}

/**
 * What organisations that collude would add to their chaincode: it checks nothing and writes what it is told. It is
 * complete and works on their own peers; what stops it is that the other organisations' peers validate for themselves.
 */
export class ForgeryContract extends DualchainContract {
  constructor() {
    super('forgery');
  }

  /** Gives a holding to somebody: `{ holdingId, to }`. */
  async moveHolding(context: Context, input: string): Promise<string> {
    const { stub } = context;
    const { holdingId, to } = JSON.parse(input) as { holdingId: string; to: string };
    const key = keyOf(stub, 'holding', [holdingId]);
    const holding = JSON.parse(Buffer.from(await stub.getState(key)).toString('utf8')) as HoldingSkeleton;
    const { proposal: _, ...free } = holding;
    const moved: HoldingSkeleton = { ...free, owner: to, state: 'free' };
    await stub.putState(key, encode(moved));
    return JSON.stringify(moved);
  }

  /** Makes a holding out of nothing: {@link Invention}. Answers its sealed record. */
  async inventHolding(context: Context, input: string): Promise<string> {
    const { stub } = context;
    const invention = JSON.parse(input) as Invention;
    const { holdingId, certificateId, obligor, owner } = invention;
    const record = await writeRecord(context, invention);
    const holding: HoldingSkeleton = { id: holdingId, certificateId, obligor, owner, state: 'free', parents: [], assignments: [], tier: 0, createdAt: stub.getDateTimestamp().toISOString(), root: fieldRoot(record) };
    await stub.putState(keyOf(stub, 'holding', [holdingId]), encode(holding));
    return JSON.stringify(record);
  }

  /** Writes any public object, with anchors in the name of others if they are told to: {@link ForgedObject}. Answers the object. */
  async writeObject(context: Context, input: string): Promise<string> {
    const { stub } = context;
    const { type, attributes, value, anchors = [], fact = value } = JSON.parse(input) as ForgedObject;
    await stub.putState(keyOf(stub, type, attributes), encode(value));
    const bulk = new Bulk(stub);
    for (const mspId of anchors) await new Anchors(stub, bulk).put(type, attributes, fact, mspId);
    await bulk.flush();
    return JSON.stringify(value);
  }

  /** Enlarges a holding by a sealed record of another range under its id: {@link Invention}. Answers that record. */
  async inflateHolding(context: Context, input: string): Promise<string> {
    return JSON.stringify(await writeRecord(context, JSON.parse(input) as Invention));
  }
}

/** Names without an underscore would be functions of the contract, so this one stands outside. */
async function writeRecord({ stub }: Context, { holdingId, certificateId, obligor, owner, currency, from, to, collections }: Invention): Promise<SealedRecord> {
  // The colluders' peers must compute the same bytes, so the salt comes from what both know.
  const seed = createHash('sha256').update(JSON.stringify([holdingId, from, to])).digest();
  const record = sealRecord(seed, 'holding', holdingId, { certificateId, obligor, owner, currency, from, to });
  for (const mspId of collections) await stub.putPrivateData(implicitCollection(mspId), recordKey(record.type, record.id), recordBytes(record));
  return record;
}
