import { z } from 'zod';
import type { Custody, MassBalance, OneStep } from '../epcis/index';
import { itemId, quantity } from '../schemas';
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

/** What an answer lacks. */
export interface QuestionBounds {
  /** Identifiers with more events than one question reads. */
  readonly cut: readonly string[];
  /** Identifiers on the way with sealed events that your organisation can follow; of these the answer tells nothing. */
  readonly hidden: readonly { readonly id: string; readonly events: number }[];
}

export type OneStepAnswer = OneStep & QuestionBounds;
export type CustodyAnswer = Custody & QuestionBounds;
export type MassBalanceAnswer = MassBalance & QuestionBounds;

const step = z.strictObject({
  id: itemId,
  /** MSP id of a member, or the identifier of a party (PGLN, GLN, URI): only what came to it, or went from it. */
  party: itemId.optional(),
});
/** Output by input; no `max`: unbounded. */
const band = z.strictObject({ min: quantity, max: quantity.optional() });

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
  oneStepBack: evaluateVerb({ ...trace, name: 'oneStepBack', summary: 'From whom a lot came and what it was made of: who, when, documents, quantity.', input: step, result: type<OneStepAnswer>() }),
  oneStepForward: evaluateVerb({ ...trace, name: 'oneStepForward', summary: 'To whom a lot went and what was made of it: who, when, documents, quantity.', input: step, result: type<OneStepAnswer>() }),
  custody: evaluateVerb({ ...trace, name: 'custody', summary: 'Who holds and owns a lot or object now, where and in what, and the chain of custody before, gaps named.', input: z.strictObject({ id: itemId }), result: type<CustodyAnswer>() }),
  massBalance: evaluateVerb({
    ...trace,
    name: 'massBalance',
    summary: 'Whether a lot adds up, site by site: received + produced = consumed + shipped + waste + on hand, within the yield of each process.',
    input: z.strictObject({
      id: itemId,
      site: itemId.optional(),
      /** Yields that are plausible, instead of growth from 1, processing 0 to 1, commingling 1. */
      bands: z.strictObject({ growth: band.optional(), processing: band.optional(), commingling: band.optional() }).optional(),
    }),
    result: type<MassBalanceAnswer>(),
  }),
} as const;
