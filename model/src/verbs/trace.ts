import { z } from 'zod';
import type { Packed, TraceResult } from '../epcis/index';
import { id, itemId, longText, page, timestamp } from '../schemas';
import type { EventRecord, RecallFlag, RecallSkeleton } from '../skeletons';
import { evaluateVerb, submitVerb, type } from '../verb';
import type { Created, Page } from '../verb';
import { placeVerbs } from './trace-places';
import { traceQuestionVerbs } from './trace-questions';
import { sealedTraceVerbs } from './trace-sealed';

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

/** What a recall reached so far. */
export interface RecallReport {
  readonly recall: RecallSkeleton;
  /** One page of its flags in order of lot, the recalled lot among them. */
  readonly flags: readonly RecallFlag[];
  /** Certificates that rest on a lot of this page. */
  readonly certificates: readonly { readonly lot: string; readonly certificateId: string }[];
  /** Live warehouse receipts over a lot of this page, with the loan that each is pledged for. */
  readonly receipts: readonly { readonly lot: string; readonly receiptId: string; readonly pledgeId?: string }[];
  /** Whether `advanceRecall` has something left to do. */
  readonly spreading: boolean;
  /** Empty: nothing follows. */
  readonly bookmark: string;
}

/** Answer of a trace; `frontier` goes on where it was cut. */
export interface TraceAnswer extends TraceResult {
  /** Identifiers with more events than one answer reads: what the rest would show is missing. */
  readonly cut: readonly string[];
  /** Identifiers on the way with sealed events that the caller's organisation can follow but not read: what these would show is missing. */
  readonly hidden: readonly HiddenEvents[];
}

/** Sealed events of an identifier that the asker may not read. */
export interface HiddenEvents {
  readonly id: string;
  readonly events: number;
}

const closure = z.strictObject({
  id: itemId,
  /** Hops; default 50. */
  depth: z.int().min(1).max(100).optional(),
  /** Lots and objects that are walked on from; default 1000. */
  limit: z.int().min(1).max(10_000).optional(),
  /** `frontier` of an earlier answer: goes on from there instead of from `id`. */
  frontier: z.array(z.strictObject({ id: itemId, from: timestamp.optional(), until: timestamp.optional(), depth: z.int().min(0).max(1_000_000).optional(), via: z.enum(['start', 'transformation', 'aggregation', 'association']).optional() })).min(1).max(10_000).optional(),
});

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
    whileSuspended: true,
    result: type<RecallProgress>(),
  }),
  traceBack: evaluateVerb({ ...trace, name: 'traceBack', summary: 'Everything that went into a lot.', input: closure, result: type<Packed<TraceAnswer>>() }),
  traceForward: evaluateVerb({ ...trace, name: 'traceForward', summary: 'Everything that a lot went into.', input: closure, result: type<Packed<TraceAnswer>>() }),
  event: evaluateVerb({ ...trace, name: 'event', summary: 'One event by its id.', input: z.strictObject({ id: itemId }), result: type<EventRecord>() }),
  eventsOf: evaluateVerb({ ...trace, name: 'eventsOf', summary: 'The events of an identifier in time order, paged.', input: z.strictObject({ id: itemId, ...page }), result: type<Page<EventRecord>>() }),
  recall: evaluateVerb({ ...trace, name: 'recall', summary: 'A recall, what it flagged and which certificates, receipts and pledges it touches, paged.', input: z.strictObject({ id, ...page }), result: type<RecallReport>() }),
  ...placeVerbs,
  ...sealedTraceVerbs,
  ...traceQuestionVerbs,
  recallFlags: evaluateVerb({ ...trace, name: 'recallFlags', summary: 'The recalls that flag a lot or object.', input: z.strictObject({ id: itemId }), result: type<readonly RecallFlag[]>() }),
} as const;
