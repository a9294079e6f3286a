import type { EpcisProblem, LinkOpening, RecallFlag, SealedCapture, SealedGround, SealedRecord } from '@dualchain/model';
import { commissions, EpcisInputError, MAX_SEALED_EVENTS, MAX_SEALED_QUESTIONS, traceVerbs, validate } from '@dualchain/model';
import type { CallOptions, Session } from '../session';
import { ask } from '../submission/ask';
import { notify } from '../submission/notify';
import { checkCallOptions } from '../submission/plan';
import { commit } from '../submission/submit';
import type { CaptureProgress, RefusedEvent } from './capture-events';
import { checkOptions } from './capture-events';
import { problemsInInput } from './in-terms-of-input';
import { readSealedInput, refusedEvents, splitSealed } from './sealed-input';
import type { SealedItem } from './sealed-input';
import type { CaptureSource } from './source';

/** An event that stands under seal. */
export interface CapturedSealedEvent {
  readonly index: number;
  /** CBV 2.0 event hash: known to its readers alone. */
  readonly eventId: string;
  /** Public id of the sealed event. */
  readonly id: string;
  /** The own organisation had captured it before; nothing was sent, and its readers are those that it had. */
  readonly already?: true;
  readonly transactionId?: string;
  readonly blockNumber?: bigint;
}

export interface SealedCaptureReport {
  /** Events in the input. */
  readonly total: number;
  readonly captured: readonly CapturedSealedEvent[];
  readonly refused: readonly RefusedEvent[];
  /** Recall flags that stood on identifiers of the events when they were captured. A recall does not spread over sealed events: tell those whom you share them with. */
  readonly flags: readonly RecallFlag[];
}

export interface SealedCaptureOptions extends CallOptions {
  /** MSP ids of the organisations that may read the events besides the own one, 1 to 8. All of them endorse. */
  readonly parties: readonly string[];
  /** As with `capture`. */
  readonly mode?: 'all' | 'proceed';
  readonly onProgress?: (progress: CaptureProgress) => void;
}

/** Identifiers times organisations of one transaction, as the chaincode bounds them. */
export const MAX_SHARED_LINKS = 6_000;

/**
 * Captures EPCIS events that only the own organisation and the parties can read: on the channel stand a skeleton without
 * time, place, step or identifiers, and tags that only they can compute. Events that the own organisation captured
 * before are found at its own peer and not sent again. Whether objects exist already is asked there too, of public
 * events alone. Throws INVALID_INPUT, INVALID_EPCIS, TOO_LARGE, NOT_A_MEMBER.
 */
export async function captureSealedEvents(session: Session, source: CaptureSource, options: SealedCaptureOptions): Promise<SealedCaptureReport> {
  const { mode } = checkOptions(options, 'captureSealedEvents');
  checkCallOptions(options);
  const { parties } = validate(traceVerbs.captureSealedEvents.input, { parties: options.parties }, 'The list of parties');
  const identifiers = Math.min(MAX_SEALED_QUESTIONS, Math.floor(MAX_SHARED_LINKS / (1 + parties.length)));
  const { total, context, good, refused } = await readSealedInput(source, mode, identifiers);
  const captured: CapturedSealedEvent[] = [];
  const flags = new Map<string, RecallFlag>();
  const tell = () => notify(() => options.onProgress?.({ total, captured: captured.length, refused: refused.length }));
  tell();
  for (const batch of splitSealed(good, { events: MAX_SEALED_EVENTS, identifiers })) {
    const ground = await ask(session, traceVerbs.sealedGround, questionOf(batch, parties), options);
    for (const flag of ground.flags) flags.set(JSON.stringify(flag), flag);
    const problems = existing(batch, ground);
    if (mode === 'all' && problems.length > 0) throw new EpcisInputError(problems);
    refused.push(...refusedEvents(problems));
    const bad = new Set(problems.map(({ event }) => event));
    const standing = new Map(ground.standing.map((each) => [each.eventId, each]));
    const isNew = ({ eventId, links }: SealedItem) => {
      const known = standing.get(eventId);
      return known === undefined || (links.errorDeclaration !== undefined && !known.declared);
    };
    for (const item of batch) if (!isNew(item)) captured.push({ index: item.index, eventId: item.eventId, id: standing.get(item.eventId)?.id ?? '', already: true });
    const fresh = batch.filter((item) => isNew(item) && !bad.has(item.index));
    const sent = await sendGood(session, { context, parties, ground, mode }, fresh, options);
    captured.push(...sent.captured);
    refused.push(...sent.refused);
    tell();
  }
  captured.sort((a, b) => a.index - b.index);
  refused.sort((a, b) => a.index - b.index);
  return { total, captured, refused, flags: [...flags.values()] };
}

interface Sending {
  readonly context: unknown;
  readonly parties: readonly string[];
  readonly ground: SealedGround;
  readonly mode: 'all' | 'proceed';
}

/** Sends events; in mode `proceed` again without those that the ledger refuses. */
async function sendGood(session: Session, sending: Sending, items: readonly SealedItem[], options: SealedCaptureOptions): Promise<{ readonly captured: CapturedSealedEvent[]; readonly refused: RefusedEvent[] }> {
  const refused: RefusedEvent[] = [];
  let rest = items;
  while (rest.length > 0) {
    try {
      return { captured: await send(session, sending, rest, options), refused };
    } catch (error) {
      const problems = problemsInInput(error, rest);
      if (problems === undefined) throw error;
      const bad = new Set(problems.map(({ event }) => event));
      const left = rest.filter(({ index }) => !bad.has(index));
      if (sending.mode === 'all' || left.length === rest.length) throw new EpcisInputError(problems);
      refused.push(...refusedEvents(problems));
      rest = left;
    }
  }
  return { captured: [], refused };
}

async function send(session: Session, { context, parties, ground }: Sending, items: readonly SealedItem[], options: SealedCaptureOptions): Promise<CapturedSealedEvent[]> {
  const standing = new Map(ground.standing.map(({ eventId, id }) => [eventId, id]));
  const declares = items.flatMap(({ eventId }, index) => (standing.has(eventId) ? [{ index, id: standing.get(eventId) ?? '' }] : []));
  const openings: SealedRecord[] = [];
  for (const { id } of declares) openings.push(...Object.values((await ask(session, traceVerbs.sealedEvent, { id }, options)).records));
  const named = new Set(items.flatMap(({ links }) => links.subjects));
  const links = linkOpenings(ground.links).filter(({ identifier }) => named.has(identifier));
  const { result, transactionId, blockNumber } = await commit<SealedCapture>(
    session,
    {
      verb: traceVerbs.captureSealedEvents,
      input: { parties },
      sealed: { context, events: items.map(({ event }) => event), links, declares },
      prepare: () => ({ parties: { self: session.mspId, receiver: parties }, openings }),
      decode: (answer) => answer as SealedCapture,
    },
    { signal: options.signal },
  );
  return result.captured.flatMap(({ index, id }) => {
    const item = items[index];
    return item === undefined ? [] : [{ index: item.index, eventId: item.eventId, id, transactionId, blockNumber }];
  });
}

function questionOf(batch: readonly SealedItem[], parties: readonly string[]) {
  const born = batch.flatMap(({ links }) => bornOf(links));
  return { eventIds: batch.map(({ eventId }) => eventId), identifiers: [...new Set(batch.flatMap(({ links }) => links.subjects))], born: [...new Set(born)], parties: [...parties] };
}

/** Single objects that an event brings into being; what goes in and comes out again was there before. */
function bornOf(links: SealedItem['links']): string[] {
  return links.errorDeclaration === undefined ? commissions(links).flatMap(({ id, level }) => (level === 'instance' && !links.inputs.includes(id) ? [id] : [])) : [];
}

/** Events that bring into being what a public event brought into being. The ledger does not refuse them: to ask it would name the object to everyone. */
function existing(batch: readonly SealedItem[], { commissioned }: SealedGround): EpcisProblem[] {
  const by = new Map(commissioned.map(({ object, eventId }) => [object, eventId]));
  return batch.flatMap(({ index, path, links }) => bornOf(links).flatMap((object) => (by.has(object) ? [{ event: index, path, rule: 'trace.exists', message: `The object ${object} exists already: the event ${by.get(object) ?? ''} brought it into being. Observe it instead.` }] : [])));
}

/** What of link records the endorsers need. */
export function linkOpenings(records: readonly SealedRecord[]): LinkOpening[] {
  return records.flatMap(({ identifier, key }) => (typeof identifier === 'string' && typeof key === 'string' ? [{ identifier, key }] : []));
}
