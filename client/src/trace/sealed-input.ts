import type { EpcisInput, EpcisProblem, EventLinks } from '@dualchain/model';
import { EpcisInputError, eventHash, eventLinks, parseEpcisDocument } from '@dualchain/model';
import type { RefusedEvent } from './capture-events';
import { judge, MAX_DEPTH } from './capture-events';
import type { CaptureSource } from './source';
import { readSource } from './source';
import type { SplitLimits, Weighed } from './split';
import { eventLimits, splitEvents } from './split';

/** An event about to be captured under seal. */
export interface SealedItem extends Weighed {
  /** CBV 2.0 event hash. */
  readonly eventId: string;
  readonly links: EventLinks;
}

export interface SealedInput {
  readonly total: number;
  /** JSON-LD context of the document. */
  readonly context: unknown;
  readonly good: readonly SealedItem[];
  readonly refused: RefusedEvent[];
}

/** Reads an input and judges every event here, where its values may be named. In mode `all` one bad event refuses everything. Throws what `capture` throws before it sends. */
export async function readSealedInput(source: CaptureSource, mode: 'all' | 'proceed', identifiers: number): Promise<SealedInput> {
  const input: EpcisInput = parseEpcisDocument(await readSource(source), { maxDepth: MAX_DEPTH });
  const { good, refused } = judge(input);
  const fitting: Weighed[] = [];
  for (const item of good) {
    const { index, path, identifiers: named } = item;
    if (named <= identifiers) fitting.push(item);
    else refused.push({ index, problems: [{ event: index, path, rule: 'capture.event-size', message: `The event names ${named} identifiers; under seal, for so many organisations, it may name ${identifiers}. Spread them over several events.` }] });
  }
  if (mode === 'all' && refused.length > 0) throw new EpcisInputError(refused.flatMap(({ problems }) => problems));
  const items = fitting.map((item) => ({ ...item, eventId: eventHash(item.event, input.context).id, links: eventLinks(item.event, input.context) }));
  return { total: input.events.length, context: input.rawContext ?? null, good: items, refused };
}

/** Cuts a list into transactions: within the limits, in order, and no event together with one of the same hash. */
export function splitSealed(items: readonly SealedItem[], limits: Omit<SplitLimits, 'weight'>): SealedItem[][] {
  const runs: SealedItem[][] = [[]];
  let seen = new Set<string>();
  for (const item of items) {
    if (seen.has(item.eventId)) {
      runs.push([]);
      seen = new Set();
    }
    seen.add(item.eventId);
    runs.at(-1)?.push(item);
  }
  return runs.flatMap((run) => splitEvents(run, { ...limits, weight: eventLimits.weight }) as SealedItem[][]);
}

/** Problems by the event that has them. */
export function refusedEvents(problems: readonly EpcisProblem[]): RefusedEvent[] {
  const byEvent = new Map<number, EpcisProblem[]>();
  for (const problem of problems) byEvent.set(problem.event ?? 0, [...(byEvent.get(problem.event ?? 0) ?? []), problem]);
  return [...byEvent].map(([index, found]) => ({ index, problems: found }));
}
