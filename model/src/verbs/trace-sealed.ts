import { z } from 'zod';
import type { TraceLinks } from '../epcis/index';
import { hash, itemId, mspId, page } from '../schemas';
import type { SealedRecord } from '../sealed';
import type { InternalBatchSkeleton, RecallFlag, SealedEventSkeleton } from '../skeletons';
import { evaluateVerb, submitVerb, type } from '../verb';
import type { Opened, Page } from '../verb';

const trace = { contract: 'trace' } as const;

/** Most events that one transaction captures under seal, or shares. */
export const MAX_SEALED_EVENTS = 100;
/** Most organisations besides the reporter that an event is sealed to, or shared with, at once: each of them endorses. */
export const MAX_SEALED_PARTIES = 8;
/** Most internal events that one Merkle root stands for. */
export const MAX_INTERNAL_EVENTS = 500;
/** Most identifiers, and most event hashes, that are asked about at once. */
export const MAX_SEALED_QUESTIONS = 2000;

const record = (type: string) => z.looseObject({ type: z.literal(type), id: z.string().min(1).max(2000), salt: hash });
const linkOpening = z.strictObject({ identifier: itemId, key: hash });
export type LinkOpening = z.infer<typeof linkOpening>;
const parties = z.array(mspId).min(1).max(MAX_SEALED_PARTIES);
const position = z.int().min(0).max(MAX_INTERNAL_EVENTS - 1);
/** What a member says who shares events: their ids or event hashes, in as many transactions as they need. */
export const shareEventsParameters = z.strictObject({ events: z.array(itemId).min(1).max(10_000), with: parties });
const eventIds = z.array(hash).min(1).max(MAX_SEALED_EVENTS);

/** Sealed events stand under ids that say nothing; which is which, the caller knows by the order. */
export interface SealedCapture {
  readonly captured: readonly { readonly index: number; readonly id: string }[];
}

/** What a member knows that is about to capture events under seal. */
export interface SealedGround {
  /** Sealed events of the own organisation that it captured before, by event hash; `declared`: as an error. */
  readonly standing: readonly { readonly eventId: string; readonly id: string; readonly declared: boolean }[];
  /** Own link record of an identifier that most of the parties hold. */
  readonly links: readonly SealedRecord[];
  /** Objects that a public event brought into being. */
  readonly commissioned: readonly { readonly object: string; readonly eventId: string }[];
  /** Recall flags that stand on one of the identifiers: they do not spread over sealed events. */
  readonly flags: readonly RecallFlag[];
}

/** A sealed event with what is needed to share it: the link records by which its identifiers lead to it. */
export interface ShareableEvent extends Opened<SealedEventSkeleton> {
  readonly links: readonly SealedRecord[];
}

/** One page of the sealed events of an identifier that the caller's organisation can follow. */
export interface SealedEventsPage extends Page<Opened<SealedEventSkeleton>> {
  /** Events of this page whose bodies it may not read. */
  readonly hidden: number;
}

/** One internal event as its reporter keeps it: only who has the organisation's key can read it. */
export interface InternalEventRow {
  readonly id: string;
  readonly batch: string;
  readonly position: number;
  readonly keyId: string;
  /** base64: nonce, ciphertext, tag (AES-256-GCM). */
  readonly ciphertext: string;
}

/** Own internal events under one keyed hash, or the one with this id. */
export interface InternalEventsFound {
  readonly tag: string;
  readonly events: readonly InternalEventRow[];
  readonly cut: boolean;
}

/** A batch of internal events with the leaves of its tree, which only the reporter keeps. */
export interface InternalBatch {
  readonly skeleton: InternalBatchSkeleton;
  readonly leaves: readonly string[];
}

/** What the index and the own sealed events say of one identifier. */
export interface TraceRows {
  readonly id: string;
  readonly events: readonly { readonly id: string; readonly links: TraceLinks }[];
  /** Sealed events under its tags whose bodies the caller's organisation may not read. */
  readonly hidden: number;
  readonly cut: boolean;
}

/** Events that not everybody may read (traceability.md, "Visibility per event"). */
export const sealedTraceVerbs = {
  captureSealedEvents: submitVerb({
    ...trace,
    name: 'captureSealedEvents',
    summary: 'Captures EPCIS events that only the reporter and the named parties can read; all of them endorse.',
    input: z.strictObject({ parties }),
    sealed: z.strictObject({
      context: z.unknown(),
      events: z.array(z.record(z.string(), z.unknown())).min(1).max(MAX_SEALED_EVENTS),
      /** Link keys that the reporter holds, for identifiers of which it has one; the others get a fresh key. */
      links: z.array(linkOpening).max(MAX_SEALED_QUESTIONS),
      /** Events that declare a standing sealed event to be an error: place in `events`, id of that event, whose record is opened. */
      declares: z.array(z.strictObject({ index: z.int().min(0), id: hash })).max(MAX_SEALED_EVENTS),
    }),
    openings: ['sealedEvent'],
    endorsers: ['self', 'receiver'],
    result: type<SealedCapture>(),
  }),
  captureInternalEvents: submitVerb({
    ...trace,
    name: 'captureInternalEvents',
    summary: 'Keeps encrypted events in the reporter’s own collection, under one Merkle root on the channel; the witness sees ciphertext.',
    input: z.strictObject({}),
    sealed: z.strictObject({
      events: z
        .array(
          z.strictObject({
            id: hash,
            /** Root over the salted fields of the event's record. */
            leaf: hash,
            keyId: z.string().regex(/^[0-9a-f]{16}$/, 'must name the key that encrypted it'),
            ciphertext: z.string().max(2_000_000).regex(/^[A-Za-z0-9+/]+={0,2}$/, 'must be base64'),
            /** Keyed hashes of its event hash and its identifiers. */
            tags: z.array(hash).min(1).max(5001),
          }),
        )
        .min(1)
        .max(MAX_INTERNAL_EVENTS),
    }),
    endorsers: ['self', 'witness'],
    result: type<InternalBatchSkeleton>(),
  }),
  shareEvents: submitVerb({
    ...trace,
    name: 'shareEvents',
    summary: 'The reporter opens sealed or internal events to further organisations, whose peers check them against what it had committed to.',
    input: z.strictObject({ eventIds, with: parties }),
    sealed: z.strictObject({
      /** For events that stand under seal: the link keys that lead to them. For internal ones: those that the reporter has for their identifiers. */
      links: z.array(linkOpening).max(MAX_SEALED_QUESTIONS),
      /** Internal events, which no skeleton stands for yet, with their way to the root of their batch. */
      internal: z.array(z.strictObject({ record: record('sealedEvent'), batch: z.string().min(1).max(100), position, proof: z.array(hash).max(16) })).max(MAX_SEALED_EVENTS),
    }),
    openings: ['sealedEvent'],
    endorsers: ['self', 'receiver'],
    result: type<{ readonly shared: readonly { readonly id: string; readonly already?: true }[] }>(),
  }),
  sealedEvent: evaluateVerb({ ...trace, name: 'sealedEvent', summary: 'A sealed event by its id or its event hash, with its body if the own organisation may read it.', input: z.strictObject({ id: itemId }), result: type<Opened<SealedEventSkeleton>>() }),
  sealedEvents: evaluateVerb({ ...trace, name: 'sealedEvents', summary: 'The sealed events that the own organisation may read, paged.', input: z.strictObject({ ...page }), result: type<Page<Opened<SealedEventSkeleton>>>() }),
  sealedEventsOf: evaluateVerb({ ...trace, name: 'sealedEventsOf', summary: 'The sealed events of an identifier that the own organisation can follow, and how many of them it may not read, paged.', input: z.strictObject({ id: itemId, ...page }), result: type<SealedEventsPage>() }),
  sealedGround: evaluateVerb({
    ...trace,
    name: 'sealedGround',
    summary: 'What the own peer knows of events that are about to be captured under seal.',
    input: z.strictObject({ eventIds: z.array(itemId).max(MAX_SEALED_QUESTIONS), identifiers: z.array(itemId).max(MAX_SEALED_QUESTIONS), born: z.array(itemId).max(MAX_SEALED_QUESTIONS), parties: z.array(mspId).max(MAX_SEALED_PARTIES) }),
    result: type<SealedGround>(),
  }),
  shareableEvents: evaluateVerb({ ...trace, name: 'shareableEvents', summary: 'Sealed events as their reporter needs them to share them.', input: z.strictObject({ eventIds }), result: type<readonly ShareableEvent[]>() }),
  internalEventsByTag: evaluateVerb({ ...trace, name: 'internalEventsByTag', summary: 'Own internal events under keyed hashes, or by id, encrypted.', input: z.strictObject({ tags: z.array(hash).max(MAX_SEALED_QUESTIONS), ids: z.array(hash).max(MAX_SEALED_QUESTIONS) }), result: type<readonly InternalEventsFound[]>() }),
  internalBatch: evaluateVerb({ ...trace, name: 'internalBatch', summary: 'A batch of own internal events: its public root and the leaves behind it.', input: z.strictObject({ id: z.string().min(1).max(100) }), result: type<InternalBatch>() }),
  traceRows: evaluateVerb({ ...trace, name: 'traceRows', summary: 'What a trace needs of identifiers: their public and own sealed events.', input: z.strictObject({ ids: z.array(itemId).min(1).max(200) }), result: type<readonly TraceRows[]>() }),
} as const;
