import type { EpcisContext, EpcisInputEvent } from '@dualchain/model';
import { commissions, eventLinks, MAX_EVENTS_PER_CAPTURE } from '@dualchain/model';

/** An event that is well-formed, with what it adds to a transaction. */
export interface Weighed extends EpcisInputEvent {
  /** Estimated bytes in the block. */
  readonly weight: number;
  /** Identifiers that it is indexed by. */
  readonly identifiers: number;
  readonly subjects: readonly string[];
}

export interface SplitLimits {
  readonly events: number;
  readonly weight: number;
  readonly identifiers: number;
}

/** A transaction stays under a megabyte, and within what the chaincode takes at once. */
export const transactionLimits: SplitLimits = { events: MAX_EVENTS_PER_CAPTURE, weight: 900_000, identifiers: 4_000 };
/** One event alone may need more; beyond this it is refused, because it might never be ordered. */
export const eventLimits: Omit<SplitLimits, 'events'> = { weight: 4_000_000, identifiers: 5_000 };

/**
 * Weighs an event that the rules accept. It stands in a transaction twice, as argument and as write, its context once,
 * with an index row for each identifier, and another read and write for each object that comes into being; the
 * constants were measured on blocks of the embedded network.
 */
export function weigh(item: EpcisInputEvent, context: EpcisContext, contextBytes: number): Weighed {
  const links = eventLinks(item.event, context);
  const rows = [...links.subjects, ...commissions(links).map(({ id }) => id)];
  const weight = 1_200 + contextBytes + 2 * Buffer.byteLength(JSON.stringify(item.event), 'utf8') + rows.reduce((sum, id) => sum + 150 + 2 * id.length, 0);
  return { ...item, weight, identifiers: links.subjects.length, subjects: links.subjects };
}

/** Cuts a list of events into transactions, in order. An event beyond the limits stands alone. */
export function splitEvents(events: readonly Weighed[], limits: SplitLimits = transactionLimits): Weighed[][] {
  const cutter = new BatchCutter(limits);
  const batches = events.flatMap((event) => cutter.add(event));
  return [...batches, ...cutter.rest()];
}

/** {@link splitEvents} for events that come one by one. */
export class BatchCutter {
  readonly #limits: SplitLimits;
  #batch: Weighed[] = [];
  #sum = { weight: 0, identifiers: 0 };

  constructor(limits: SplitLimits = transactionLimits) {
    this.#limits = limits;
  }

  /** Answers the transaction that is full before this event, in a list. */
  add(event: Weighed): Weighed[][] {
    const { events, weight, identifiers } = this.#limits;
    const full = this.#batch.length + 1 > events || this.#sum.weight + event.weight > weight || this.#sum.identifiers + event.identifiers > identifiers ? this.rest() : [];
    this.#batch.push(event);
    this.#sum.weight += event.weight;
    this.#sum.identifiers += event.identifiers;
    return full;
  }

  /** The transaction that has begun, in a list; empty if none has. */
  rest(): Weighed[][] {
    const batch = this.#batch;
    this.#batch = [];
    this.#sum = { weight: 0, identifiers: 0 };
    return batch.length === 0 ? [] : [batch];
  }
}
