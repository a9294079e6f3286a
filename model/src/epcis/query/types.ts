import type { EventLinks, JsonObject } from '../types';

/** Parameters of the EPCIS 2.0 SimpleEventQuery by their standard names; which there are, and what they take, `queryParameters` says. */
export type QueryParameters = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** An event as a query sees it. */
export interface QueriedEvent {
  readonly id: string;
  /** Time at which the ledger took it, UTC with milliseconds. */
  readonly recordTime: string;
  readonly links: EventLinks;
  readonly event: JsonObject;
  /** JSON-LD context of its document. */
  readonly context: unknown;
  /** Error declarations that came after the capture. */
  readonly declarations: readonly JsonObject[];
}

/** Identifiers in canonical form: one, or all that begin with one of the prefixes and fit. */
export type IdPattern =
  | { readonly id: string }
  | {
      readonly prefixes: readonly string[];
      readonly shape: RegExp;
    };

/** Index that finds events: under an identifier, a business transaction, a place, a step; `id`: by their ids; `captured`: all, in the order of capture. */
export type QuerySource = 'id' | 'subject' | 'transaction' | 'location' | 'step' | 'captured';

/** One way to find the events that a parameter allows. Exact keys are `home` strings (see {@link homesOf}). */
export interface Access {
  readonly source: QuerySource;
  /** Lower is more selective. */
  readonly rank: number;
  readonly ranges: readonly QueryRange[];
}

/** Part of an index: all rows of one home, or of all homes that begin with a text. */
export interface QueryRange {
  readonly home: string;
  readonly prefix: boolean;
}

export interface Condition {
  /** Name of the parameter. */
  readonly parameter: string;
  readonly test: (event: QueriedEvent) => boolean;
  readonly access?: Access;
}

/** Times from (inclusive) and before (exclusive), UTC with milliseconds. */
export interface Span {
  readonly from?: string;
  readonly before?: string;
}

export interface EventQuery {
  readonly conditions: readonly Condition[];
  readonly eventTime: Span;
  readonly recordTime: Span;
  readonly orderBy?: 'eventTime' | 'recordTime';
  readonly direction: 'ASC' | 'DESC';
  /** So many events and no more. */
  readonly eventCountLimit?: number;
  /** With more events than this the query is refused. */
  readonly maxEventCount?: number;
  readonly perPage: number;
  readonly nextPageToken?: string;
}

/** How a query is answered. */
export interface QueryPlan {
  readonly source: QuerySource;
  /** In byte order, none inside another. */
  readonly ranges: readonly QueryRange[];
  /** `index`: as the rows come; otherwise all rows of the ranges are read and sorted first. */
  readonly order: 'index' | 'eventTime' | 'recordTime';
  readonly direction: 'ASC' | 'DESC';
  /** Rows outside these times are passed over without reading their events: event times, and for `captured` record times. */
  readonly times: Span;
}
