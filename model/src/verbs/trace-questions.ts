import { z } from 'zod';
import type { EventRecord } from '../skeletons';
import { evaluateVerb, type } from '../verb';

const trace = { contract: 'trace' } as const;

/** Longest value of a query parameter: a token, or an identifier. */
const MAX_VALUE = 6_000;

/** One page of the events that answer a query. */
export interface EventsPage {
  readonly events: readonly EventRecord[];
  /** Events that were read for this page. */
  readonly scanned: number;
  /** Goes on where the page ended; absent: nothing follows. A page may hold fewer events than asked for and still go on. */
  readonly nextPageToken?: string;
}

const value = z.union([z.string().min(1).max(MAX_VALUE), z.number(), z.boolean(), z.array(z.string().min(1).max(MAX_VALUE)).min(1).max(100)]);

/** Questions about events (traceability.md). */
export const traceQuestionVerbs = {
  queryEvents: evaluateVerb({
    ...trace,
    name: 'queryEvents',
    summary: 'Events by the standard query parameters of EPCIS 2.0, paged; a page tells how many events were read for it.',
    input: z.strictObject({
      /** Parameters by their standard names; which there are, `queryParameters` tells. */
      query: z.record(z.string().min(1).max(300), value),
    }),
    result: type<EventsPage>(),
  }),
} as const;
