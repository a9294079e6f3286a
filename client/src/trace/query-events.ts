import type { QueryParameters } from '@dualchain/model';
import { readQuery, traceVerbs } from '@dualchain/model';
import type { TraceEventRecord } from '../results/objects';
import { typed } from '../results/typed';
import type { CallOptions, Session } from '../session';
import { ask } from '../submission/ask';
import { checkInput, checkParameters } from '../submission/plan';

type Texts = string | readonly string[];
type Time = string | Date;

/** Query parameters of EPCIS 2.0 by their standard names. Of several values one must fit, and every parameter must. Identifiers in any form. */
export interface EventQueryParameters {
  readonly eventType?: Texts;
  readonly GE_eventTime?: Time;
  readonly LT_eventTime?: Time;
  readonly GE_recordTime?: Time;
  readonly LT_recordTime?: Time;
  readonly EQ_action?: Texts;
  readonly EQ_bizStep?: Texts;
  readonly EQ_disposition?: Texts;
  readonly EQ_readPoint?: Texts;
  readonly WD_readPoint?: Texts;
  readonly EQ_bizLocation?: Texts;
  readonly WD_bizLocation?: Texts;
  readonly EQ_transformationID?: Texts;
  readonly MATCH_epc?: Texts;
  readonly MATCH_parentID?: Texts;
  readonly MATCH_inputEPC?: Texts;
  readonly MATCH_outputEPC?: Texts;
  readonly MATCH_anyEPC?: Texts;
  readonly MATCH_epcClass?: Texts;
  readonly MATCH_inputEPCClass?: Texts;
  readonly MATCH_outputEPCClass?: Texts;
  readonly MATCH_anyEPCClass?: Texts;
  readonly EQ_eventID?: Texts;
  readonly orderBy?: 'eventTime' | 'recordTime';
  readonly orderDirection?: 'ASC' | 'DESC';
  readonly eventCountLimit?: number;
  readonly maxEventCount?: number;
  readonly perPage?: number;
  readonly nextPageToken?: string;
  /** The others: EQ_bizTransaction_…, EQ_source_…, EXISTS_errorDeclaration, EQ_quantity, EXISTS_ILMD_… (docs/queries.md). */
  readonly [name: string]: string | number | boolean | Date | readonly string[] | undefined;
}

/** One page of the events that answer a query. */
export interface EventPage {
  readonly events: readonly TraceEventRecord[];
  /** Events that the peer read for this page. */
  readonly scanned: number;
  /** To be sent with the same parameters for the next page; undefined where nothing follows. A page may be short, even empty, and still go on. */
  readonly nextPageToken: string | undefined;
}

/** One page of the public events that answer a query. Throws INVALID_INPUT (which parameter, and what to write), TOO_LARGE. */
export async function queryEvents(session: Session, parameters: EventQueryParameters, options?: CallOptions): Promise<EventPage> {
  const { events, scanned, nextPageToken } = await ask(session, traceVerbs.queryEvents, { query: wireQuery(parameters) }, options);
  return { events: events.map((event): TraceEventRecord => typed(event)), scanned, nextPageToken };
}

/** All public events that answer a query, fetched page by page as they are read. Throws INVALID_INPUT at the first read. */
export async function* queryAllEvents(session: Session, parameters: Omit<EventQueryParameters, 'nextPageToken'>, options?: CallOptions): AsyncGenerator<TraceEventRecord, void, undefined> {
  for (let token: string | undefined, first = true; first || token !== undefined; first = false) {
    const page: EventPage = await queryEvents(session, { ...checkParameters(parameters), ...(token === undefined ? {} : { nextPageToken: token }) }, options);
    yield* page.events;
    token = page.nextPageToken;
  }
}

/** Checked here, before anything is sent. */
function wireQuery(parameters: EventQueryParameters): QueryParameters & Record<string, string | number | boolean | string[]> {
  const wire: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(checkParameters(parameters))) if (value !== undefined) wire[name] = value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : value;
  const { query } = checkInput(traceVerbs.queryEvents as never, { query: wire }) as { readonly query: Record<string, string | number | boolean | string[]> };
  readQuery(query);
  return query;
}
