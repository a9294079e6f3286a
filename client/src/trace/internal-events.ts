import type { InternalBatch, InternalEventRow, SealedRecord } from '@dualchain/model';
import { batchRoot, canonicalId, DualchainError, fieldRoot, MAX_SEALED_QUESTIONS, sealedEventParts, traceVerbs } from '@dualchain/model';
import type { CallOptions, Session } from '../session';
import { ask } from '../submission/ask';
import { checkFields, invalidParameter } from '../submission/plan';
import { InternalBox } from './internal-box';

/** An internal event as the own organisation captured it, proved to be what the root on the channel stands for. */
export interface InternalEvent {
  readonly id: string;
  /** CBV 2.0 event hash. */
  readonly eventId: string;
  readonly capturedAt: Date;
  /** The transaction that captured it. */
  readonly batch: string;
  readonly context: unknown;
  readonly event: Readonly<Record<string, unknown>>;
}

/** An internal event with what is needed to share it. */
export interface OpenedInternal {
  readonly record: SealedRecord;
  readonly batch: InternalBatch;
  readonly position: number;
}

const batches = new WeakMap<Session, Map<string, Promise<InternalBatch>>>();

/**
 * The own organisation's internal events of an identifier, decrypted here and checked against their roots.
 * Throws INVALID_INPUT (no key), NOT_GENUINE (another key, or not what was committed to), WRONG_PEER.
 */
export async function internalEventsOf(session: Session, parameters: { readonly id: string }, options?: CallOptions): Promise<InternalEvent[]> {
  const { id } = checkFields(parameters, ['id']);
  if (typeof id !== 'string') throw invalidParameter('id', 'must be an identifier');
  const box = await InternalBox.of(session);
  const tag = box.tag(canonicalId(id));
  const found = (await openInternal(session, { tags: [tag] }, options)).get(tag) ?? [];
  return found.map(internalEvent).sort((a, b) => (timeOf(a) < timeOf(b) ? -1 : 1));
}

/** Decrypted and checked internal events by keyed hash, or by id. Throws TOO_LARGE rather than leave one out. */
export async function openInternal(session: Session, { tags = [], ids = [] }: { readonly tags?: readonly string[]; readonly ids?: readonly string[] }, options?: CallOptions): Promise<Map<string, OpenedInternal[]>> {
  const box = await InternalBox.of(session);
  const opened = new Map<string, OpenedInternal[]>();
  for (let from = 0; from < Math.max(tags.length, ids.length); from += MAX_SEALED_QUESTIONS) {
    const question = { tags: tags.slice(from, from + MAX_SEALED_QUESTIONS), ids: ids.slice(from, from + MAX_SEALED_QUESTIONS) };
    for (const { tag, events, cut } of await ask(session, traceVerbs.internalEventsByTag, question, options)) {
      if (cut) throw new DualchainError('TOO_LARGE', 'An identifier has more internal events than are read at once.');
      opened.set(tag, await Promise.all(events.map((row) => openRow(session, box, row, options))));
    }
  }
  return opened;
}

async function openRow(session: Session, box: InternalBox, row: InternalEventRow, options: CallOptions | undefined): Promise<OpenedInternal> {
  const record = box.decrypt(row);
  const batch = await batchOf(session, row.batch, options);
  if (record.id !== row.id || batch.leaves[row.position] !== fieldRoot(record)) throw new DualchainError('NOT_GENUINE', `The internal event ${row.id} is not what the batch ${row.batch} committed to.`, { details: { id: row.id, batch: row.batch } });
  return { record, batch, position: row.position };
}

/** A batch never changes, so it is asked for and checked once a session. */
function batchOf(session: Session, id: string, options: CallOptions | undefined): Promise<InternalBatch> {
  const known = batches.get(session) ?? new Map<string, Promise<InternalBatch>>();
  batches.set(session, known);
  const batch = known.get(id) ?? readBatch(session, id, options);
  known.set(id, batch);
  batch.catch(() => known.delete(id));
  return batch;
}

async function readBatch(session: Session, id: string, options: CallOptions | undefined): Promise<InternalBatch> {
  const batch = await ask(session, traceVerbs.internalBatch, { id }, options);
  if (batch.skeleton.reporter !== session.mspId || batchRoot(batch.leaves) !== batch.skeleton.root) throw new DualchainError('NOT_GENUINE', `The leaves of the batch ${id} do not lead to its root on the channel.`, { details: { batch: id } });
  return batch;
}

function internalEvent({ record, batch: { skeleton } }: OpenedInternal): InternalEvent {
  const { eventId, context, event } = sealedEventParts(record);
  return { id: record.id, eventId, capturedAt: new Date(skeleton.capturedAt), batch: skeleton.id, context, event };
}

function timeOf({ event }: InternalEvent): number {
  return Date.parse(String(event['eventTime']));
}
