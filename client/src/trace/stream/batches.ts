import type { EpcisInputEvent } from '@dualchain/model';
import { EpcisDocumentStream, eventHash, parseContext } from '@dualchain/model';
import type { RefusedEvent } from '../capture-events';
import { judgeOf, MAX_DEPTH } from '../capture-events';
import { BatchCutter } from '../split';
import type { Weighed } from '../split';
import type { Replayable } from './replayable';

/** One transaction of a long input. */
export interface Batch {
  readonly events: readonly Weighed[];
  /** Events among and before them that break a rule. */
  readonly refused: readonly RefusedEvent[];
  /** Index of the first event after it. */
  readonly next: number;
  /** What its events name: batches that share some of it go one after the other. */
  readonly keys: ReadonlySet<string>;
}

/** Cuts the events of an input, from one on, into transactions, reading no further than the next one needs. The last one may be empty. */
export async function* batchesOf(input: Replayable, { rawContext, from, total, signal }: { readonly rawContext: unknown; readonly from: number; readonly total: number; readonly signal: AbortSignal | undefined }): AsyncGenerator<Batch, void, undefined> {
  const context = parseContext(rawContext);
  const judgeEvent = judgeOf({ rawContext, context });
  const cutter = new BatchCutter();
  const waiting: EpcisInputEvent[] = [];
  let refused: RefusedEvent[] = [];
  const batchOf = (events: readonly Weighed[], next: number): Batch => {
    const keys = new Set(events.flatMap(({ subjects, event }) => (subjects.length > 0 ? subjects : [eventHash(event, context).id])));
    const batch = { events, refused, next, keys };
    refused = [];
    return batch;
  };
  const take = function* (): Generator<Batch> {
    for (const item of waiting.splice(0)) {
      const judged = judgeEvent(item);
      if ('problems' in judged) refused.push(judged);
      else for (const events of cutter.add(judged)) yield batchOf(events, item.index);
    }
  };
  const stream = new EpcisDocumentStream((event) => waiting.push(event), { maxDepth: MAX_DEPTH, from });
  for await (const piece of input.pieces(signal)) {
    stream.write(piece);
    yield* take();
  }
  stream.end();
  yield* take();
  yield batchOf(cutter.rest()[0] ?? [], total);
}
