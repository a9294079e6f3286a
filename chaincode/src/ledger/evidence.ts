import { DualchainError } from '@dualchain/model';
import type { BatchRecord, EventRecord, RecallFlag, RecallSkeleton } from '@dualchain/model';
import type { Call } from './call';

/** Flags of one lot that are looked at; more recalls than this of one lot bar it anyway. */
const MAX_FLAGS = 20;

type Reader = Pick<Call, 'state' | 'anchors'>;

/**
 * Events that one organisation itself reported, proved by its anchor over their batch. Reads: one an event, two a batch.
 * Throws EVIDENCE_MISSING, naming the event.
 */
export async function requireReportedEvents({ state, anchors }: Reader, eventIds: readonly string[], reporter: string): Promise<EventRecord[]> {
  const batches = new Map<string, ReadonlySet<string>>();
  const events: EventRecord[] = [];
  for (const eventId of new Set(eventIds)) {
    const event = await state.get('event', eventId);
    if (event === undefined) throw missing(eventId, reporter, 'is not on the ledger; capture it first');
    if (event.reporter !== reporter) throw missing(eventId, reporter, `was reported by ${event.reporter}, not by ${reporter}`);
    let members = batches.get(event.batch);
    if (members === undefined) {
      const batch: BatchRecord | undefined = await state.get('batch', event.batch);
      const genuine = batch !== undefined && batch.reporter === reporter && (await anchors.stands('batch', [batch.id], batch, reporter));
      members = new Set(genuine ? batch.events : []);
      batches.set(event.batch, members);
    }
    if (!members.has(eventId)) throw missing(eventId, reporter, `has no anchor of ${reporter}`);
    events.push(event);
  }
  return events;
}

/** What the author of a recall anchors: everything about it that never changes. */
export function recallFact({ id, author, lot, reasonClass, reason, openedAt }: RecallSkeleton): Record<string, unknown> {
  return { id, author, lot, reasonClass, reason, openedAt };
}

/**
 * Flags of a lot whose recall is open and stands by its author's anchor: a flag without it counts for nothing, so that
 * nobody can block others with false ones. A range over the lot's own flags, then two reads a flag.
 */
export async function standingFlags({ state, anchors }: Reader, lot: string): Promise<RecallFlag[]> {
  const flags: RecallFlag[] = [];
  for (const { value: flag } of await state.scan('recallFlag', [lot], MAX_FLAGS)) {
    const recall = await state.get('recall', flag.recallId);
    if (recall === undefined || recall.state === 'closed') continue;
    if (await anchors.stands('recall', [recall.id], recallFact(recall), recall.author)) flags.push(flag);
  }
  return flags;
}

/** Throws RECALLED, naming lot and recall, if one of the lots is under recall. */
export async function requireNoRecall(reader: Reader, lots: readonly string[], consequence: string): Promise<void> {
  for (const lot of new Set(lots)) {
    const [flag] = await standingFlags(reader, lot);
    if (flag !== undefined) throw new DualchainError('RECALLED', `The lot ${lot} is under recall ${flag.recallId}: ${consequence}.`, { details: { lot, recallId: flag.recallId } });
  }
}

function missing(eventId: string, reporter: string, why: string): DualchainError {
  return new DualchainError('EVIDENCE_MISSING', `The event ${eventId} ${why}.`, { details: { eventId, reporter } });
}
