import type { RecallState } from '../tables/index';

export interface EventRecord {
  readonly id: string;
  readonly reporter: string;
  readonly capturedAt: string;
  readonly transactionId: string;
  /** Id of the {@link BatchRecord} that names this event; the reporter's anchor stands for the batch. */
  readonly batch: string;
  readonly context: unknown;
  readonly event: Readonly<Record<string, unknown>>;
  /** Error declarations that the reporter captured later: the event is never changed, and no longer counts. */
  readonly declarations?: readonly DeclaredError[];
}

/** An event was re-stated with an error declaration (EPCIS 2.0). */
export interface DeclaredError {
  readonly transactionId: string;
  readonly capturedAt: string;
  /** The declaration as it stood in the event: time, reason, ids of the events that correct it. */
  readonly errorDeclaration: unknown;
}

/** All events of one capture transaction; its hash stands as anchor in the reporter's own implicit collection. */
export interface BatchRecord {
  /** The transaction id of the capture. */
  readonly id: string;
  readonly reporter: string;
  readonly events: readonly string[];
}

export interface RecallSkeleton {
  readonly id: string;
  readonly author: string;
  readonly lot: string;
  readonly reasonClass: string;
  readonly reason: string;
  readonly state: RecallState;
  readonly openedAt: string;
  readonly closedAt?: string;
}

/**
 * The mark of a recall on a lot or object. Who wrote it does not matter: it counts if it is the recalled lot itself, or
 * if an event anchored by its reporter carries goods from a lot that is marked so.
 */
export interface RecallFlag {
  readonly lot: string;
  readonly recallId: string;
  /** The flagged lot or object from which this one inherits; the recalled lot itself has none. */
  readonly from?: string;
  /** The event that carried goods from there to here. */
  readonly eventId?: string;
  /** The event that names the input, if the transformation was reported in several. */
  readonly sourceEventId?: string;
  /** How: goods went into it, were packed into it, or were built into it. */
  readonly via?: 'transformation' | 'aggregation' | 'association';
  /** Time in which it holds recalled goods, UTC, inclusive; absent: unbounded. A container is flagged while they are inside. */
  readonly since?: string;
  readonly until?: string;
  readonly at: string;
}
