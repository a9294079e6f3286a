import { DualchainError } from '@dualchain/model';
import type { EventLinks, EventRecord, RecallFlag, RecallSkeleton } from '@dualchain/model';
import { carries, continues, linksOf, wayOf } from '../rules/trace/recall';
import type { Call } from './call';
import { flagsOf } from './recall-flags';

/** Lots on the way back to a recalled lot that are looked at for one flag. */
const MAX_WAY = 200;

type Reader = Pick<Call, 'state' | 'anchors'>;

/**
 * Events that one organisation itself reported, proved by its anchor over their batch. Reads: one an event, two a batch.
 * Throws EVIDENCE_MISSING, naming the event.
 */
export async function requireReportedEvents(reader: Reader, eventIds: readonly string[], reporter: string): Promise<EventRecord[]> {
  const batches = new Map<string, ReadonlySet<string>>();
  const events: EventRecord[] = [];
  for (const eventId of new Set(eventIds)) {
    const event = await reader.state.get('event', eventId);
    if (event === undefined) throw missing(eventId, reporter, 'is not on the ledger; capture it first');
    if (event.reporter !== reporter) throw missing(eventId, reporter, `was reported by ${event.reporter}, not by ${reporter}`);
    if (isDeclared(event)) throw missing(eventId, reporter, 'was declared to be an error');
    let members = batches.get(event.batch);
    if (members === undefined) {
      members = await genuineBatch(reader, event.batch, reporter);
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
 * Flags of a lot that count. Who wrote a flag does not matter, because anyone may advance a recall and every capture
 * marks what it carries on; a flag counts by its proof alone: its recall is open and stands by its author's anchor, and
 * the way back to the recalled lot consists of events that stand by their reporters' anchors, were not declared to be
 * errors, and carry goods from flag to flag in time. So nobody can block others with false flags, and nobody but the
 * author can take a true one away (key-level policy). Reads: a range for each lot on the way, two for the recall, at most
 * five a hop. Throws TOO_LARGE if the way is longer than can be checked.
 */
export async function standingFlags(reader: Reader, lot: string): Promise<RecallFlag[]> {
  const proof = new FlagProof(reader);
  const flags: RecallFlag[] = [];
  for (const flag of await proof.flagsOf(lot)) if (await proof.stands(flag)) flags.push(flag);
  return flags;
}

class FlagProof {
  readonly #reader: Reader;
  readonly #flags = new Map<string, readonly RecallFlag[]>();
  readonly #recalls = new Map<string, RecallSkeleton | undefined>();
  readonly #events = new Map<string, { readonly links: EventLinks } | undefined>();

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  async flagsOf(lot: string): Promise<readonly RecallFlag[]> {
    const known = this.#flags.get(lot);
    if (known !== undefined) return known;
    if (this.#flags.size >= MAX_WAY) throw new DualchainError('TOO_LARGE', `The recall flags of ${lot} go back over more than ${MAX_WAY} lots, more than can be checked at once; ask the recall's author to close it or let the flags be corrected.`, { details: { lot } });
    const flags = await flagsOf(this.#reader, lot);
    this.#flags.set(lot, flags);
    return flags;
  }

  /** Some flag of the lot that counts. */
  async firstOf(lot: string): Promise<RecallFlag | undefined> {
    for (const flag of await this.flagsOf(lot)) if (await this.stands(flag)) return flag;
    return undefined;
  }

  /** `tried`: flags on the way here; on a cycle a flag proves nothing for itself. */
  async stands(flag: RecallFlag, tried = new Set<string>()): Promise<boolean> {
    const key = `${flag.recallId}\n${flag.lot}\n${wayOf(flag)}`;
    if (tried.has(key)) return false;
    tried.add(key);
    return this.#prove(flag, tried);
  }

  async #prove(flag: RecallFlag, tried: Set<string>): Promise<boolean> {
    const recall = await this.#recall(flag.recallId);
    if (recall === undefined) return false;
    if (flag.from === undefined || flag.eventId === undefined) return flag.lot === recall.lot;
    const sink = await this.#event(flag.eventId);
    const source = flag.sourceEventId === undefined ? sink : await this.#event(flag.sourceEventId);
    if (sink === undefined || source === undefined || !carries(flag, sink.links, source.links)) return false;
    for (const parent of await this.flagsOf(flag.from)) {
      if (continues(parent, flag, source.links.time) && (await this.stands(parent, tried))) return true;
    }
    return false;
  }

  async #recall(id: string): Promise<RecallSkeleton | undefined> {
    if (!this.#recalls.has(id)) {
      const recall = await this.#reader.state.get('recall', id);
      const stands = recall?.state === 'open' && (await this.#reader.anchors.stands('recall', [id], recallFact(recall), recall.author));
      this.#recalls.set(id, stands ? recall : undefined);
    }
    return this.#recalls.get(id);
  }

  /** The event if its reporter's anchor stands for it. */
  async #event(id: string): Promise<{ readonly links: EventLinks } | undefined> {
    if (!this.#events.has(id)) {
      const record = await this.#reader.state.get('event', id);
      const genuine = record !== undefined && !isDeclared(record) && (await genuineBatch(this.#reader, record.batch, record.reporter)).has(id);
      this.#events.set(id, genuine ? { links: linksOf(record) } : undefined);
    }
    return this.#events.get(id);
  }
}

/** Whether an event was declared to be an error, at its capture or later: then it proves nothing. */
export function isDeclared({ event, declarations = [] }: Pick<EventRecord, 'event' | 'declarations'>): boolean {
  return event['errorDeclaration'] !== undefined || declarations.length > 0;
}

/** Ids of the events of a batch, if the reporter's anchor stands for it; else none. */
async function genuineBatch({ state, anchors }: Reader, batchId: string, reporter: string): Promise<ReadonlySet<string>> {
  const batch = await state.get('batch', batchId);
  const genuine = batch !== undefined && batch.reporter === reporter && (await anchors.stands('batch', [batch.id], batch, reporter));
  return new Set(genuine ? batch.events : []);
}

/** Throws RECALLED, naming lot and recall, if one of the lots is under recall. */
export async function requireNoRecall(reader: Reader, lots: readonly string[], consequence: string): Promise<void> {
  const proof = new FlagProof(reader);
  for (const lot of new Set(lots)) {
    const flag = await proof.firstOf(lot);
    if (flag !== undefined) throw new DualchainError('RECALLED', `The lot ${lot} is under recall ${flag.recallId}: ${consequence}.`, { details: { lot, recallId: flag.recallId } });
  }
}

function missing(eventId: string, reporter: string, why: string): DualchainError {
  return new DualchainError('EVIDENCE_MISSING', `The event ${eventId} ${why}.`, { details: { eventId, reporter } });
}
