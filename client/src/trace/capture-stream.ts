import { DualchainError } from '@dualchain/model';
import type { CallOptions, Session } from '../session';
import { backoffDelay, pause } from '../submission/backoff';
import { notify } from '../submission/notify';
import { checkCallOptions } from '../submission/plan';
import type { CapturedEvent, CaptureOptions, RefusedEvent } from './capture-events';
import { captureBatch, checkOptions, invalidOption } from './capture-events';
import { inInput, inTermsOfInput, placeOf } from './in-terms-of-input';
import type { Batch } from './stream/batches';
import { batchesOf } from './stream/batches';
import type { CaptureCheckpoint, CapturePosition } from './stream/checkpoint';
import { captureCheckpointFile } from './stream/checkpoint';
import { Flight } from './stream/flight';
import type { Replayable, StreamSource } from './stream/replayable';
import { openReplayable } from './stream/replayable';
import { survey } from './stream/survey';
import type { Survey } from './stream/survey';

/** How far a capture of a long input is. */
export interface StreamProgress {
  /** `checking`: the input is read to its end, nothing has been sent. */
  readonly phase: 'checking' | 'capturing';
  /** Bytes read so far, and of the whole input, while checking. */
  readonly bytes: number;
  readonly totalBytes: number;
  /** Events of the input; while checking, those read so far. */
  readonly total: number;
  /** New on the ledger by this capture, runs before a crash included. */
  readonly captured: number;
  /** Stood on the ledger before. */
  readonly already: number;
  readonly refused: number;
}

export interface StreamReport {
  readonly total: number;
  readonly captured: number;
  /** Stood on the ledger before; after a crash also those whose commit this capture did not hear of. */
  readonly already: number;
  readonly refused: number;
  /** The first thousand of the refused events. */
  readonly refusedEvents: readonly RefusedEvent[];
  readonly transactions: number;
  /** Event that an earlier run had come to; undefined: this run began at the first. */
  readonly resumedAt?: number;
}

export interface CaptureStreamOptions extends CallOptions, Pick<CaptureOptions, 'mode' | 'witness'> {
  /** Remembers how far the capture is, in a file (its path) or a store of one's own: the same input goes on there. */
  readonly checkpoint?: string | CaptureCheckpoint;
  /** Transactions under way at once, of those that share no identifier; default 3, at most 16. */
  readonly concurrency?: number;
  readonly onProgress?: (progress: StreamProgress) => void;
  /** Told of each transaction, in the order of the input. */
  readonly onCaptured?: (events: readonly CapturedEvent[]) => void;
}

const VERB = 'captureStream';
const CONCURRENCY = 3;
const MAX_CONCURRENCY = 16;
/** Refused events that are kept to be told. */
const MAX_TOLD = 1_000;
/** Attempts at a transaction whose outcome is not known: capturing again is safe. */
const ATTEMPTS = 5;
const unsure: readonly string[] = ['OUTCOME_UNKNOWN', 'TIMEOUT', 'UNAVAILABLE'];

/**
 * Captures an input of any length with bounded memory. It is read to its end first: if it is not well-formed, or, in mode
 * `all`, if an event breaks a rule that needs no ledger, nothing is sent. Events that share identifiers keep their order.
 * With a checkpoint a capture that was cut off goes on after the last transaction known to be committed; what else had
 * been committed is told as `already`, and no event is captured twice.
 * Throws INVALID_INPUT (options, source, checkpoint of another input), INVALID_EPCIS, ABORTED, and what a transaction
 * throws; details tell what stands (`captured`, `already`, `refused`, `next`).
 */
export async function captureStream(session: Session, source: StreamSource, options: CaptureStreamOptions = {}): Promise<StreamReport> {
  const { mode, concurrency, store } = checkStreamOptions(options);
  const input = await openReplayable(source, options.signal);
  try {
    return await new StreamCapture(session, input, mode, options).run(store, concurrency);
  } finally {
    await input.close();
  }
}

function checkStreamOptions(options: CaptureStreamOptions): { mode: 'all' | 'proceed'; concurrency: number; store: CaptureCheckpoint | undefined } {
  const { mode } = checkOptions(options as Pick<CaptureOptions, 'mode' | 'witness'>, VERB);
  checkCallOptions(options);
  const { concurrency = CONCURRENCY, checkpoint, onProgress, onCaptured } = options;
  if (!Number.isInteger(concurrency) || concurrency < 1 || concurrency > MAX_CONCURRENCY) throw invalidOption(VERB, 'concurrency', `must be a whole number from 1 to ${MAX_CONCURRENCY}`);
  for (const [name, hook] of Object.entries({ onProgress, onCaptured })) if (hook !== undefined && typeof hook !== 'function') throw invalidOption(VERB, name, 'must be a function');
  if (typeof checkpoint === 'string' ? checkpoint === '' || checkpoint.includes('\0') : checkpoint !== undefined && (typeof checkpoint?.load !== 'function' || typeof checkpoint.save !== 'function')) throw invalidOption(VERB, 'checkpoint', 'must be the path of a file, or a store with load and save');
  return { mode, concurrency, store: typeof checkpoint === 'string' ? captureCheckpointFile(checkpoint) : checkpoint };
}

/** One run over one input. */
class StreamCapture {
  readonly #session: Session;
  readonly #input: Replayable;
  readonly #mode: 'all' | 'proceed';
  readonly #options: CaptureStreamOptions;
  #position: CapturePosition;
  #total = 0;

  constructor(session: Session, input: Replayable, mode: 'all' | 'proceed', options: CaptureStreamOptions) {
    this.#session = session;
    this.#input = input;
    this.#mode = mode;
    this.#options = options;
    const reporter = `${session.mspId} ${session.connection.channel}/${session.chaincode}`;
    this.#position = { format: 1, input: '', reporter, mode, next: 0, captured: 0, already: 0, refused: 0, transactions: 0, refusedEvents: [] };
  }

  async run(store: CaptureCheckpoint | undefined, concurrency: number): Promise<StreamReport> {
    const standing = await store?.load();
    const found = await this.#survey(standing);
    this.#total = found.total;
    this.#position = standing ?? { ...this.#position, input: found.sha256 };
    const { next: resumedAt } = this.#position;
    if (standing === undefined) await store?.save(this.#position);
    this.#tell();
    if (resumedAt < found.total) await this.#captureFrom(resumedAt, found, store, concurrency);
    const { captured, already, refused, refusedEvents, transactions } = this.#position;
    return { total: found.total, captured, already, refused, refusedEvents, transactions, ...(standing !== undefined && { resumedAt }) };
  }

  /** What a standing checkpoint belongs to was judged when it was made. */
  async #survey(standing: CapturePosition | undefined): Promise<Survey> {
    const { signal } = this.#options;
    const found = await survey(this.#input, { signal, judge: standing === undefined && this.#mode === 'all', onProgress: (read) => this.#tell(read) });
    if (standing === undefined) return found;
    const other = standing.input !== found.sha256 || standing.next > found.total ? 'another input' : standing.reporter !== this.#position.reporter ? `another capture (${standing.reporter.slice(0, 200)})` : standing.mode !== this.#mode ? `a capture in mode "${standing.mode}"` : undefined;
    if (other === undefined) return found;
    throw new DualchainError('INVALID_INPUT', `The checkpoint belongs to ${other}. Name another one, or leave it out to begin at the first event: what is captured already is told as such and not captured again.`, { details: { checkpoint: { input: standing.input, reporter: standing.reporter, mode: standing.mode }, input: found.sha256 } });
  }

  async #captureFrom(from: number, { rawContext, total }: Survey, store: CaptureCheckpoint | undefined, concurrency: number): Promise<void> {
    const flight = new Flight<Outcome>(concurrency);
    let error: { readonly cause: unknown } | undefined;
    try {
      for await (const batch of batchesOf(this.#input, { rawContext, from, total, signal: this.#options.signal })) {
        await flight.add({ keys: batch.keys, run: () => this.#capture(batch, rawContext), done: (outcome) => this.#done(outcome, store) });
      }
    } catch (cause) {
      error = { cause };
    }
    // What is under way counts too, and so does why it failed.
    await flight.end().catch((cause: unknown) => {
      error = { cause };
    });
    if (error !== undefined) throw this.#withStanding(error.cause);
  }

  async #capture(batch: Batch, rawContext: unknown): Promise<Outcome> {
    const { events, next } = batch;
    if (events.length === 0) return { next, captured: [], refused: batch.refused, transactions: 0 };
    const { result, transactionId, blockNumber } = await this.#untilKnown(batch, rawContext);
    const captured = result.captured.map(({ index, ...event }) => ({ index: placeOf(events, index), ...event, transactionId, blockNumber }));
    const byLedger = result.refused.map(({ index, problems }) => ({ index: placeOf(events, index), problems: problems.map((problem) => inInput(events, { event: index, ...problem })) }));
    return { next, captured, refused: [...batch.refused, ...byLedger].sort((a, b) => a.index - b.index), transactions: 1 };
  }

  async #untilKnown({ events }: Batch, rawContext: unknown) {
    const { signal, witness } = this.#options;
    for (let attempt = 1; ; attempt++) {
      try {
        return await captureBatch(this.#session, { rawContext }, events, this.#mode, { signal, ...(witness !== undefined && { witness }) });
      } catch (error) {
        if (!(error instanceof DualchainError)) throw error;
        if (attempt >= ATTEMPTS || !unsure.includes(error.code)) throw inTermsOfInput(error, events);
        await pause(backoffDelay(this.#session.retry, attempt), signal);
      }
    }
  }

  /** In the order of the input: everything before the position is dealt with. */
  async #done({ next, captured, refused, transactions }: Outcome, store: CaptureCheckpoint | undefined): Promise<void> {
    const before = this.#position;
    const already = captured.filter((event) => event.already === true).length;
    this.#position = {
      ...before,
      next,
      captured: before.captured + captured.length - already,
      already: before.already + already,
      refused: before.refused + refused.length,
      transactions: before.transactions + transactions,
      refusedEvents: [...before.refusedEvents, ...refused].slice(0, MAX_TOLD),
    };
    await store?.save(this.#position);
    if (captured.length > 0) notify(() => this.#options.onCaptured?.(captured));
    this.#tell();
  }

  #tell(read?: { readonly bytes: number; readonly events: number }): void {
    const { captured, already, refused } = this.#position;
    const totalBytes = this.#input.bytes;
    notify(() => this.#options.onProgress?.({ phase: read === undefined ? 'capturing' : 'checking', bytes: read?.bytes ?? totalBytes, totalBytes, total: read?.events ?? this.#total, captured, already, refused }));
  }

  /** The error with what stands in spite of it. */
  #withStanding(error: unknown): unknown {
    if (!(error instanceof DualchainError)) return error;
    const { captured, already, refused, next } = this.#position;
    const goOn = this.#options.checkpoint === undefined ? 'Capturing again is safe: they are told as such.' : 'The same call goes on from there; if the input has to be changed, begin without the checkpoint.';
    const message = `${error.message} (${captured + already} of ${this.#total} events are on the ledger, all of those before event ${next}${refused > 0 ? ` but ${refused} refused` : ''}. ${goOn})`;
    return new DualchainError(error.code, message, { details: { ...error.details, captured, already, refused, next, total: this.#total }, cause: error, ...(error.transactionId !== undefined && { transactionId: error.transactionId }) });
  }
}

interface Outcome {
  readonly next: number;
  readonly captured: readonly CapturedEvent[];
  readonly refused: readonly RefusedEvent[];
  readonly transactions: number;
}
