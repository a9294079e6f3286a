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

/** A member lets another one report events at its places. What counts is the owner's anchor. */
export interface PlaceDelegation {
  readonly delegate: string;
  readonly owner: string;
  /** GLNs of 13 digits, or all places of the owner; none once it has been ended. */
  readonly places: 'all' | readonly string[];
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

/**
 * An event that not everybody may read: no time, place, step or identifier of it. Its record stands in the implicit
 * collections of its reporter and of those it was opened to, under the same id.
 */
export interface SealedEventSkeleton {
  /** Says nothing of the event: it follows from a secret. */
  readonly id: string;
  readonly reporter: string;
  /** `parties`: sealed to them at capture. `internal`: the reporter's alone until it was shared. */
  readonly visibility: 'parties' | 'internal';
  readonly capturedAt: string;
  /** The transaction that captured it. */
  readonly transactionId: string;
  /** Merkle root over the salted fields of its record. */
  readonly root: string;
  /** The batch of internal events that committed to it before it was shared. */
  readonly batch?: string;
}

/** Internal events of one transaction; the reporter alone holds them, encrypted. */
export interface InternalBatchSkeleton {
  /** The transaction id of the capture. */
  readonly id: string;
  readonly reporter: string;
  readonly capturedAt: string;
  readonly count: number;
  /** Merkle root over the roots of the events' records, in order. */
  readonly root: string;
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
