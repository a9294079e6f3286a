import { createHash } from 'node:crypto';
import type { EpcisInputEvent, EpcisProblem } from '@dualchain/model';
import { EpcisDocumentStream, EpcisInputError, parseContext } from '@dualchain/model';
import { judgeOf, MAX_DEPTH } from '../capture-events';
import type { Replayable } from './replayable';

/** What is known of an input before anything of it is sent. */
export interface Survey {
  /** SHA-256 of its bytes, hexadecimal. */
  readonly sha256: string;
  readonly total: number;
  readonly rawContext: unknown;
}

export interface SurveyOptions {
  readonly signal: AbortSignal | undefined;
  /** Judges every event too: one that breaks a rule refuses the input. */
  readonly judge: boolean;
  readonly onProgress: (read: { readonly bytes: number; readonly events: number }) => void;
}

/** Problems after which reading on would tell nothing new. */
const MAX_PROBLEMS = 1_000;

/**
 * Reads an input to its end: whether it is well-formed, how many events it holds, its context, and, if asked, what is
 * wrong with them. Throws INVALID_EPCIS, ABORTED.
 */
export async function survey(input: Replayable, options: SurveyOptions): Promise<Survey> {
  if (!options.judge) return read(input, options, undefined);
  // Events are judged by the document's context, which JSON may tell after them.
  const late = new ContextIsLate();
  try {
    return await read(input, options, (stream) => {
      if (!stream.contextKnown) throw late;
      return stream.rawContext;
    });
  } catch (error) {
    if (error !== late) throw error;
    const { rawContext } = await read(input, options, undefined);
    return read(input, options, () => rawContext);
  }
}

class ContextIsLate extends Error {}

async function read(input: Replayable, { signal, onProgress }: SurveyOptions, contextOf: ((stream: EpcisDocumentStream) => unknown) | undefined): Promise<Survey> {
  const problems: EpcisProblem[] = [];
  let judgeEvent: ReturnType<typeof judgeOf> | undefined;
  const take = (event: EpcisInputEvent) => {
    if (contextOf === undefined) return;
    if (judgeEvent === undefined) {
      const rawContext = contextOf(stream);
      judgeEvent = judgeOf({ rawContext, context: parseContext(rawContext) });
    }
    const judged = judgeEvent(event);
    if ('problems' in judged) problems.push(...judged.problems);
    if (problems.length >= MAX_PROBLEMS) throw new EpcisInputError(problems);
  };
  const stream: EpcisDocumentStream = new EpcisDocumentStream(take, { maxDepth: MAX_DEPTH, ...(contextOf === undefined && { from: Number.MAX_SAFE_INTEGER }) });
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const piece of input.pieces(signal)) {
    hash.update(piece);
    stream.write(piece);
    bytes += piece.length;
    onProgress({ bytes, events: stream.count });
  }
  stream.end();
  if (problems.length > 0) throw new EpcisInputError(problems);
  return { sha256: hash.digest('hex'), total: stream.count, rawContext: stream.rawContext };
}
