import { DualchainError } from '@dualchain/model';
import type { ChaincodeEvent } from '@hyperledger/fabric-gateway';
import type { CallOptions, Session } from '../session';
import { backoffDelay, pause } from '../submission/backoff';
import { heightOf } from '../submission/heights';
import { checkCallOptions, checkFields, invalidParameter } from '../submission/plan';
import type { CheckpointStore, Position } from './checkpoint';
import { fileCheckpoint } from './checkpoint';
import { toBlockNumber } from './positions';
import { reconnecting } from './reconnect';

/** What one committed transaction announced. Everything in it is public. */
export interface DualchainEvent {
  readonly contract: string;
  /** Verb of the transaction, such as "acceptTransfer". */
  readonly verb: string;
  /** Ids of the objects concerned, by their kind: `{ holding: 'H-3' }`. */
  readonly ids: Readonly<Record<string, string | readonly string[]>>;
  /** State before; null: there was none; undefined where the verb changes no state. */
  readonly from: string | null | undefined;
  readonly to: string | undefined;
  /** Time of the transaction. */
  readonly at: Date;
  readonly blockNumber: bigint;
  readonly transactionId: string;
}

export interface StreamParameters {
  /** First block: a number, `earliest`, or `next` (default): what commits from this call on. A checkpoint goes first. */
  readonly from?: bigint | number | 'earliest' | 'next';
  /** Remembers the last event dealt with, in a file (its path) or a store of one's own. */
  readonly checkpoint?: string | CheckpointStore;
  /** Only these verbs; the checkpoint still moves over the others. */
  readonly verbs?: readonly string[];
}

/**
 * The channel's events in ledger order, from any block on, surviving the loss of a peer. An event counts as dealt with
 * when the next one is asked for; only then is the checkpoint saved, so that a consumer that dies meets it again.
 * Ends when the caller aborts. Throws INVALID_INPUT (also for a file that is no checkpoint), UNAVAILABLE (no peer tells its height at the start).
 */
export function streamEvents(session: Session, parameters: StreamParameters = {}, options: CallOptions = {}): AsyncGenerator<DualchainEvent, void, undefined> {
  const { from = 'next', checkpoint, verbs } = checkFields(parameters, ['from', 'checkpoint', 'verbs']);
  checkCallOptions(options);
  if (verbs !== undefined && !(Array.isArray(verbs) && verbs.every((verb) => typeof verb === 'string'))) throw invalidParameter('verbs', 'must be a list of verbs');
  if (checkpoint !== undefined && !isCheckpoint(checkpoint)) throw invalidParameter('checkpoint', 'must be the path of a file, or a store with load and save');
  if (from !== 'earliest' && from !== 'next') toBlockNumber(from, 'from');
  const store = typeof checkpoint === 'string' ? fileCheckpoint(checkpoint) : checkpoint;
  // Asked for now and not at the first read, so that nothing between the two is missed.
  const start = startOf(session, from, store, options);
  start.catch(() => undefined);
  return read(session, start, store, verbs === undefined ? undefined : new Set(verbs), options);
}

function isCheckpoint(value: unknown): value is string | CheckpointStore {
  if (typeof value === 'string') return value !== '' && !value.includes('\0');
  return typeof value === 'object' && value !== null && 'load' in value && typeof value.load === 'function' && 'save' in value && typeof value.save === 'function';
}

interface Start {
  readonly block: bigint;
  readonly after: Position | undefined;
}

async function startOf(session: Session, from: NonNullable<StreamParameters['from']>, store: CheckpointStore | undefined, options: CallOptions): Promise<Start> {
  const after = await store?.load();
  if (after !== undefined) return { block: after.blockNumber, after };
  if (from === 'earliest') return { block: 0n, after: undefined };
  if (from !== 'next') return { block: toBlockNumber(from, 'from'), after: undefined };
  for (let attempt = 1; attempt <= session.retry.attempts; attempt++) {
    const height = await heightOf(session, session.mspId, options);
    if (height !== undefined) return { block: height, after: undefined };
    await pause(backoffDelay(session.retry, attempt), options.signal);
  }
  throw new DualchainError('UNAVAILABLE', 'No peer tells how many blocks there are, so the stream has no start; name a block, or try again when the network is up.');
}

async function* read(session: Session, starting: Promise<Start>, store: CheckpointStore | undefined, verbs: ReadonlySet<string> | undefined, options: CallOptions): AsyncGenerator<DualchainEvent, void, undefined> {
  const start = await starting;
  let last = start.after;
  const events = reconnecting(
    session,
    'events',
    (network) =>
      network.getChaincodeEvents(session.chaincode, {
        startBlock: start.block,
        ...(last !== undefined && { checkpoint: { getBlockNumber: () => last?.blockNumber, getTransactionId: () => last?.transactionId } }),
      }),
    options,
  );
  for await (const event of events) {
    if (verbs === undefined || verbs.has(event.eventName)) yield decodeEvent(event);
    last = { blockNumber: event.blockNumber, transactionId: event.transactionId };
    await store?.save(last);
  }
}

function decodeEvent({ eventName, payload, blockNumber, transactionId }: ChaincodeEvent): DualchainEvent {
  const wire = parse(payload);
  return {
    contract: typeof wire['contract'] === 'string' ? wire['contract'] : '',
    verb: eventName,
    ids: (typeof wire['ids'] === 'object' && wire['ids'] !== null ? wire['ids'] : {}) as DualchainEvent['ids'],
    from: wire['from'] === null || typeof wire['from'] === 'string' ? wire['from'] : undefined,
    to: typeof wire['to'] === 'string' ? wire['to'] : undefined,
    at: new Date(typeof wire['at'] === 'string' ? wire['at'] : Number.NaN),
    blockNumber,
    transactionId,
  };
}

function parse(payload: Uint8Array): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(Buffer.from(payload).toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
