import { randomBytes } from 'node:crypto';
import type { InternalBatchSkeleton, SealedRecord } from '@dualchain/model';
import { fieldRoot, MAX_INTERNAL_EVENTS, sealedEventFields, sealedEventParts, traceVerbs } from '@dualchain/model';
import type { CallOptions, Session } from '../session';
import { notify } from '../submission/notify';
import { checkCallOptions } from '../submission/plan';
import { withWitness } from '../submission/parties';
import { commit } from '../submission/submit';
import type { CaptureProgress } from './capture-events';
import { checkOptions } from './capture-events';
import type { CapturedSealedEvent, SealedCaptureReport } from './capture-sealed-events';
import { InternalBox } from './internal-box';
import { openInternal } from './internal-events';
import { readSealedInput, splitSealed } from './sealed-input';
import type { SealedItem } from './sealed-input';
import type { CaptureSource } from './source';

export type InternalCaptureReport = Omit<SealedCaptureReport, 'flags'>;

export interface InternalCaptureOptions extends CallOptions {
  /** As with `capture`. */
  readonly mode?: 'all' | 'proceed';
  /** Second organisation that endorses; it sees how many events there are and ciphertext. Default: the authority, else another member. */
  readonly witness?: string;
  readonly onProgress?: (progress: CaptureProgress) => void;
}

/** Identifiers of one transaction: each is a keyed hash. */
const MAX_IDENTIFIERS = 4_000;

/**
 * Captures EPCIS events that stay the own organisation's: encrypted here with its key, kept as ciphertext in its own
 * collection, with one Merkle root for each transaction on the channel. Whether the ledger would take them is judged
 * here, and by others only when they are shared. Events captured before are told as `already`.
 * Throws INVALID_INPUT (no key), INVALID_EPCIS, TOO_LARGE, NOT_A_MEMBER.
 */
export async function captureInternalEvents(session: Session, source: CaptureSource, options: InternalCaptureOptions = {}): Promise<InternalCaptureReport> {
  const { mode } = checkOptions(options, 'captureInternalEvents');
  checkCallOptions(options);
  const { total, context, good, refused } = await readSealedInput(source, mode, MAX_IDENTIFIERS);
  const box = await InternalBox.of(session);
  const captured: CapturedSealedEvent[] = [];
  const tell = () => notify(() => options.onProgress?.({ total, captured: captured.length, refused: refused.length }));
  tell();
  for (const batch of splitSealed(good, { events: MAX_INTERNAL_EVENTS, identifiers: MAX_IDENTIFIERS })) {
    const known = await openInternal(session, { tags: batch.map(({ eventId }) => box.tag(eventId)) }, options);
    const standingOf = ({ eventId, links }: SealedItem) => (known.get(box.tag(eventId)) ?? []).find(({ record }) => links.errorDeclaration === undefined || sealedEventParts(record).event['errorDeclaration'] !== undefined);
    const fresh: { readonly item: SealedItem; readonly record: SealedRecord }[] = [];
    for (const item of batch) {
      const standing = standingOf(item);
      if (standing === undefined) fresh.push({ item, record: recordOf(session.mspId, item, context) });
      else captured.push({ index: item.index, eventId: item.eventId, id: standing.record.id, already: true });
    }
    if (fresh.length > 0) captured.push(...(await send(session, box, fresh, options)));
    tell();
  }
  captured.sort((a, b) => a.index - b.index);
  return { total, captured, refused };
}

function recordOf(reporter: string, { eventId, event }: SealedItem, context: unknown): SealedRecord {
  return { ...sealedEventFields({ reporter, eventId, context, event }), type: 'sealedEvent', id: randomBytes(32).toString('hex'), salt: randomBytes(32).toString('hex') };
}

async function send(session: Session, box: InternalBox, fresh: readonly { readonly item: SealedItem; readonly record: SealedRecord }[], { witness, signal }: InternalCaptureOptions): Promise<CapturedSealedEvent[]> {
  const events = fresh.map(({ item, record }) => ({ id: record.id, leaf: fieldRoot(record), keyId: box.keyId, ciphertext: box.encrypt(record), tags: [...new Set([item.eventId, ...item.links.subjects])].map((text) => box.tag(text)) }));
  const { transactionId, blockNumber } = await commit<InternalBatchSkeleton>(
    session,
    {
      verb: traceVerbs.captureInternalEvents,
      input: {},
      sealed: { events },
      prepare: () => ({ parties: withWitness(session, witness) }),
      decode: (answer) => answer as InternalBatchSkeleton,
    },
    { signal },
  );
  return fresh.map(({ item, record }) => ({ index: item.index, eventId: item.eventId, id: record.id, transactionId, blockNumber }));
}
