import type { CaptureResult, EpcisInput, EpcisInputEvent, EpcisProblem } from '@dualchain/model';
import { DualchainError, EpcisInputError, parseEpcisDocument, traceVerbs, validateEvent } from '@dualchain/model';
import type { CallOptions, Session } from '../session';
import { notify } from '../submission/notify';
import { withWitness } from '../submission/parties';
import { commit } from '../submission/submit';
import { inInput, inTermsOfInput, placeOf } from './in-terms-of-input';
import type { CaptureSource } from './source';
import { readSource } from './source';
import type { Weighed } from './split';
import { eventLimits, splitEvents, weigh } from './split';

/** A captured event; `index` is its place in the input. `already`: it stood on the ledger before, and the transaction only says so. */
export interface CapturedEvent {
  readonly index: number;
  /** CBV 2.0 event hash. */
  readonly eventId: string;
  readonly already?: true;
  readonly transactionId: string;
  readonly blockNumber: bigint;
}

/** An event that was not captured, and every rule that it breaks. */
export interface RefusedEvent {
  readonly index: number;
  readonly problems: readonly EpcisProblem[];
}

export interface CaptureReport {
  /** Events in the input. */
  readonly total: number;
  readonly captured: readonly CapturedEvent[];
  readonly refused: readonly RefusedEvent[];
}

/** How far a capture is: after each transaction, and once before the first. */
export interface CaptureProgress {
  readonly total: number;
  readonly captured: number;
  readonly refused: number;
}

export interface CaptureOptions extends CallOptions {
  /**
   * `all` (default): every event is checked first, and one bad one refuses the input before anything is sent. Should
   * the chaincode refuse one later, its transaction writes nothing; earlier transactions of a long input stay, and the
   * error's details say which (`captured`). `proceed`: good events are captured, the others reported.
   */
  readonly mode?: 'all' | 'proceed';
  /** Second organisation that endorses; default: the authority, else another member. */
  readonly witness?: string;
  readonly onProgress?: (progress: CaptureProgress) => void;
}

/** Deepest nesting of an input: the verb's own bound less what it wraps around an event. */
export const MAX_DEPTH = 30;

/**
 * Captures EPCIS events (JSON-LD, or XML 2.0 and 1.x) in the order of the input, in as many transactions as their size needs. Doing it again is
 * safe: events that stand on the ledger are told as `already`.
 * Throws INVALID_INPUT, INVALID_EPCIS (details.problems: event, path, rule), TOO_LARGE, NOT_A_MEMBER.
 */
export async function capture(session: Session, source: CaptureSource, options: CaptureOptions = {}): Promise<CaptureReport> {
  const { mode, onProgress } = checkOptions(options, 'capture');
  const input = parseEpcisDocument(await readSource(source), { maxDepth: MAX_DEPTH });
  const { good, refused } = judge(input);
  if (mode === 'all' && refused.length > 0) throw new EpcisInputError(refused.flatMap(({ problems }) => problems));
  const report = { total: input.events.length, captured: [] as CapturedEvent[], refused };
  const tell = () => notify(() => onProgress?.({ total: report.total, captured: report.captured.length, refused: report.refused.length }));
  tell();
  for (const batch of splitEvents(good)) {
    const { result, transactionId, blockNumber } = await captureBatch(session, input, batch, mode, options).catch((error: unknown) => {
      throw error instanceof DualchainError ? inTermsOfInput(error, batch, { captured: report.captured.map(({ index, eventId, transactionId }) => ({ index, eventId, transactionId })) }) : error;
    });
    for (const { index, ...event } of result.captured) report.captured.push({ index: placeOf(batch, index), ...event, transactionId, blockNumber });
    for (const { index, problems } of result.refused) report.refused.push({ index: placeOf(batch, index), problems: problems.map((problem) => inInput(batch, { event: index, ...problem })) });
    tell();
  }
  report.refused.sort((a, b) => a.index - b.index);
  return report;
}

/** The options that every capture has; the error names the verb. Throws INVALID_INPUT. */
export function checkOptions(options: Pick<CaptureOptions, 'mode' | 'onProgress' | 'witness'>, verb: string): { mode: 'all' | 'proceed'; onProgress: CaptureOptions['onProgress'] } {
  if (typeof options !== 'object' || options === null) throw invalidOption(verb, '', 'must be an object');
  const { mode = 'all', onProgress, witness } = options;
  if (mode !== 'all' && mode !== 'proceed') throw invalidOption(verb, 'mode', 'must be "all" or "proceed"');
  if (onProgress !== undefined && typeof onProgress !== 'function') throw invalidOption(verb, 'onProgress', 'must be a function');
  if (witness !== undefined && typeof witness !== 'string') throw invalidOption(verb, 'witness', 'must be an MSP id');
  return { mode, onProgress };
}

export function invalidOption(verb: string, path: string, rule: string): DualchainError {
  return new DualchainError('INVALID_INPUT', `The options of ${verb} are not valid${path === '' ? '' : ` at ${path}`}: ${rule}.`, { details: { issues: [{ path, rule }] } });
}

/** Judges every event by the rules that need no ledger, so that most bad input is told before anything is sent. */
export function judge(input: EpcisInput): { good: Weighed[]; refused: RefusedEvent[] } {
  const judgeEvent = judgeOf(input);
  const good: Weighed[] = [];
  const refused: RefusedEvent[] = [];
  for (const item of input.events) {
    const judged = judgeEvent(item);
    if ('problems' in judged) refused.push(judged);
    else good.push(judged);
  }
  return { good, refused };
}

/** Judges the events of one document. */
export function judgeOf({ rawContext, context }: Pick<EpcisInput, 'rawContext' | 'context'>): (item: EpcisInputEvent) => Weighed | RefusedEvent {
  const now = new Date().toISOString();
  const contextBytes = Buffer.byteLength(JSON.stringify(rawContext ?? null), 'utf8');
  return (item) => {
    const { event, ...place } = item;
    const { index, path } = place;
    const problems = validateEvent(event, context, { ...place, now });
    if (problems.length > 0) return { index, problems };
    const weighed = weigh(item, context, contextBytes);
    if (weighed.weight <= eventLimits.weight && weighed.identifiers <= eventLimits.identifiers) return weighed;
    return { index, problems: [{ event: index, path, rule: 'capture.event-size', message: `The event is too large for one transaction (${weighed.identifiers} identifiers, at most ${eventLimits.identifiers}); spread them over several events.` }] };
  };
}

/** One transaction. */
export function captureBatch(session: Session, { rawContext }: Pick<EpcisInput, 'rawContext'>, batch: readonly EpcisInputEvent[], mode: 'all' | 'proceed', { signal, witness }: CaptureOptions) {
  return commit<CaptureResult>(
    session,
    {
      verb: traceVerbs.captureEvents,
      input: { context: rawContext ?? null, events: batch.map(({ event }) => event), mode, visibility: 'consortium' },
      prepare: () => ({ parties: withWitness(session, witness) }),
      decode: (answer) => answer as CaptureResult,
    },
    { signal },
  );
}
