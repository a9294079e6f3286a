import type { EpcisContext, EpcisInputEvent } from '@dualchain/model';
import { commissions, eventLinks, MAX_EVENTS_PER_CAPTURE } from '@dualchain/model';

/** An event that is well-formed, with what it adds to a transaction. */
export interface Weighed extends EpcisInputEvent {
  /** Estimated bytes in the block. */
  readonly weight: number;
  /** Identifiers that it is indexed by. */
  readonly identifiers: number;
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
  return { ...item, weight, identifiers: links.subjects.length };
}

/** Cuts a list of events into transactions, in order. An event beyond the limits stands alone. */
export function splitEvents(events: readonly Weighed[], limits: SplitLimits = transactionLimits): Weighed[][] {
  const batches: Weighed[][] = [];
  let batch: Weighed[] = [];
  const sum = { events: 0, weight: 0, identifiers: 0 };
  for (const event of events) {
    if (batch.length > 0 && (sum.events + 1 > limits.events || sum.weight + event.weight > limits.weight || sum.identifiers + event.identifiers > limits.identifiers)) {
      batches.push(batch);
      batch = [];
      Object.assign(sum, { events: 0, weight: 0, identifiers: 0 });
    }
    batch.push(event);
    sum.events += 1;
    sum.weight += event.weight;
    sum.identifiers += event.identifiers;
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}
