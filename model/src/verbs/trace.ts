import { z } from 'zod';
import { id, itemId, longText, page } from '../schemas';
import type { EventRecord, RecallFlag, RecallSkeleton } from '../skeletons';
import { evaluateVerb, submitVerb, type } from '../verb';
import type { Created, Page } from '../verb';

const trace = { contract: 'trace' } as const;

/** Most events that one capture transaction may hold; the client splits larger documents. */
export const MAX_EVENTS_PER_CAPTURE = 500;

export const recallReasons = ['contamination', 'pesticide-residue', 'allergen', 'foreign-body', 'labelling', 'temperature', 'other'] as const;

/** Answer of a capture: which events stand on the ledger now, and, in `proceed` mode, which were refused and why. */
export interface CaptureResult {
  readonly captured: readonly { readonly index: number; readonly eventId: string; readonly already?: true }[];
  readonly refused: readonly { readonly index: number; readonly problems: readonly { readonly path: string; readonly rule: string; readonly message: string }[] }[];
}

/** Answer of a step of a recall: what it did now, and whether nothing is left to do. */
export interface RecallProgress {
  readonly recall: RecallSkeleton;
  readonly flagged: readonly string[];
  readonly cleared: readonly string[];
  readonly done: boolean;
}

const closure = z.strictObject({ id: itemId, depth: z.int().min(1).max(100).optional(), limit: z.int().min(1).max(10_000).optional() });

/** Capture, trace, recall (traceability.md). */
export const traceVerbs = {
  captureEvents: submitVerb({
    ...trace,
    name: 'captureEvents',
    summary: 'Captures EPCIS 2.0 events; ids are CBV event hashes computed by the endorsers; capturing again is a no-op that says so.',
    input: z.strictObject({
      /** JSON-LD contexts of the document, as they stood in it. */
      context: z.unknown(),
      events: z.array(z.record(z.string(), z.unknown())).min(1).max(MAX_EVENTS_PER_CAPTURE),
      /** `all`: one bad event refuses the transaction; `proceed`: good ones are captured, the rest is reported. */
      mode: z.enum(['all', 'proceed']),
      visibility: z.enum(['consortium']),
    }),
    endorsers: ['self', 'witness'],
    result: type<CaptureResult>(),
  }),
  openRecall: submitVerb({
    ...trace,
    name: 'openRecall',
    summary: 'Inspector, authority or brand owner recalls a lot.',
    roles: ['inspector', 'authority', 'obligor'],
    input: z.strictObject({ recallId: id, lot: itemId, reasonClass: z.enum(recallReasons), reason: longText }),
    endorsers: ['self', 'witness'],
    result: type<Created<RecallSkeleton>>(),
  }),
  advanceRecall: submitVerb({
    ...trace,
    name: 'advanceRecall',
    summary: 'Spreads a recall to descendants, in bounded steps, until nothing is left; anyone may call it.',
    input: z.strictObject({ recallId: id, limit: z.int().min(1).max(200).optional() }),
    endorsers: ['self', 'witness'],
    result: type<RecallProgress>(),
  }),
  closeRecall: submitVerb({
    ...trace,
    name: 'closeRecall',
    summary: 'The author clears what this recall alone caused, in bounded steps.',
    roles: ['inspector', 'authority', 'obligor'],
    input: z.strictObject({ recallId: id, limit: z.int().min(1).max(200).optional() }),
    endorsers: ['self', 'witness'],
    result: type<RecallProgress>(),
  }),
  traceBack: evaluateVerb({ ...trace, name: 'traceBack', summary: 'Everything that went into a lot.', input: closure }),
  traceForward: evaluateVerb({ ...trace, name: 'traceForward', summary: 'Everything that a lot went into.', input: closure }),
  event: evaluateVerb({ ...trace, name: 'event', summary: 'One event by its id.', input: z.strictObject({ id: itemId }), result: type<EventRecord>() }),
  eventsOf: evaluateVerb({ ...trace, name: 'eventsOf', summary: 'The events of an identifier in time order, paged.', input: z.strictObject({ id: itemId, ...page }), result: type<Page<EventRecord>>() }),
  recall: evaluateVerb({ ...trace, name: 'recall', summary: 'A recall, what it flagged and which certificates it touches.', input: z.strictObject({ id }) }),
  recallFlags: evaluateVerb({ ...trace, name: 'recallFlags', summary: 'The recalls that flag a lot or object.', input: z.strictObject({ id: itemId }), result: type<readonly RecallFlag[]>() }),
} as const;
