import { compareUtf8, DualchainError, ForwardWalk } from '@dualchain/model';
import type { RecallFlag, RecallSkeleton, TraceEvent, TraceHop, TraceRequest } from '@dualchain/model';
import { inherit, sourcesOf, stateOf, wayOf } from '../rules/trace/recall';
import type { Call } from './call';
import { allOf } from './endorsement';
import { eventLookup, MAX_EVENTS_OF_SUBJECT, withNewEvents } from './event-index';

/** Flags that one capture writes; more are left to `advanceRecall`. */
export const MAX_FLAGS = 200;
/** Flags that one lot or container may have. */
const MAX_FLAGS_OF_LOT = 1000;
/** Lots of a product for which one range is read instead of one each, and flags that it may hold. */
const MIN_FAMILY = 3;
const MAX_FLAGS_OF_FAMILY = 50;

type Spreader = Pick<Call, 'state' | 'at'>;

/** What one step of spreading did. */
export interface Spread {
  readonly flagged: readonly RecallFlag[];
  /** Whether the frontier is empty after this transaction. */
  readonly done: boolean;
}

/** Flags of a lot as they stand, whether they count or not. One range. Throws TOO_LARGE rather than leave one out. */
export async function flagsOf({ state }: Pick<Call, 'state'>, lot: string): Promise<RecallFlag[]> {
  const rows = await state.scan('recallFlag', [lot], MAX_FLAGS_OF_LOT + 1);
  if (rows.length > MAX_FLAGS_OF_LOT) throw new DualchainError('TOO_LARGE', `${lot} has more than ${MAX_FLAGS_OF_LOT} recall flags; let the authors of its recalls close those that are done.`, { details: { lot } });
  return rows.flatMap(({ attributes, value }) => (isFlagAt(attributes, value) ? [value] : []));
}

function isFlagAt([subject, recallId, way]: readonly string[], flag: RecallFlag): boolean {
  return flag.lot === subject && flag.recallId === recallId && wayOf(flag) === way;
}

/**
 * Flags of many lots. Lots of one product are neighbours, and few lots are flagged: one range over those of a product
 * does for all of them, unless there are more flags in it than a few.
 */
async function flagsOfAll(call: Pick<Call, 'state'>, lots: ReadonlySet<string>): Promise<RecallFlag[]> {
  const families = new Map<string, string[]>();
  for (const lot of [...lots].sort(compareUtf8)) {
    const family = lot.slice(0, Math.max(lot.lastIndexOf('/'), lot.lastIndexOf(':')));
    const standing = families.get(family);
    if (standing === undefined) families.set(family, [lot]);
    else standing.push(lot);
  }
  const flags: RecallFlag[] = [];
  for (const family of families.values()) {
    const rows = family.length < MIN_FAMILY ? undefined : await call.state.scanBetween('recallFlag', family[0] ?? '', family.at(-1) ?? '', MAX_FLAGS_OF_FAMILY);
    if (rows !== undefined) flags.push(...rows.flatMap(({ attributes, value }) => (lots.has(value.lot) && isFlagAt(attributes, value) ? [value] : [])));
    else for (const lot of family) flags.push(...(await flagsOf(call, lot)));
  }
  return flags;
}

/** Writes a flag with its index row; only the author of the recall can take it away again. `open`: it has yet to spread. */
export async function writeFlag({ state }: Pick<Call, 'state'>, flag: RecallFlag, author: string, open: boolean): Promise<void> {
  const way = wayOf(flag);
  await state.create('recallFlag', [flag.lot, flag.recallId, way], flag, allOf([author]));
  await state.index('recallMark', [flag.recallId, flag.lot, way]);
  if (open) await state.index('recallFrontier', [flag.recallId, flag.lot, way]);
}

/** Some flags of a recall, found by its marks. */
export interface FlagsToClear {
  /** Lots and containers that lose flags. */
  readonly lots: readonly string[];
  /** Whether the recall has more flags. */
  readonly rest: boolean;
  /** Takes the flags away, with their index rows. */
  readonly clear: () => Promise<void>;
}

/** At most `limit` flags of a recall, and of no other one. One range; clearing writes three a flag. */
export async function flagsToClear({ state }: Pick<Call, 'state'>, recallId: string, limit: number): Promise<FlagsToClear> {
  const rows = await state.scan('recallMark', [recallId], limit + 1);
  const flags = rows.slice(0, limit).map(({ attributes: [, lot = '', way = ''] }) => ({ lot, way }));
  const clear = async () => {
    for (const { lot, way } of flags) {
      await state.remove('recallFlag', lot, recallId, way);
      await state.remove('recallMark', recallId, lot, way);
      await state.remove('recallFrontier', recallId, lot, way);
    }
  };
  return { lots: [...new Set(flags.map(({ lot }) => lot))], rest: rows.length > limit, clear };
}

/**
 * Spreads a recall from its frontier, at most `limit` flags read and as many written. Idempotent: a way that is flagged
 * is not flagged again. Reads one a flag, a range for each lot and container on the way, one a consequence.
 */
export async function spreadRecall(call: Spreader, recall: RecallSkeleton, limit: number): Promise<Spread> {
  const { state } = call;
  const rows = await state.scan('recallFrontier', [recall.id], limit + 1);
  const flags: RecallFlag[] = [];
  for (const { attributes } of rows.slice(0, limit)) {
    const [, lot = '', way = ''] = attributes;
    const flag = await state.get('recallFlag', lot, recall.id, way);
    if (flag === undefined) await state.remove('recallFrontier', recall.id, lot, way);
    else flags.push(flag);
  }
  const spread = new Spreading(call, eventLookup(call, refuseCut), limit);
  const left = await spread.run(flags);
  const unfinished = new Set(left.map(wayKey));
  for (const flag of flags) if (!unfinished.has(wayKey(flag))) await state.remove('recallFrontier', recall.id, flag.lot, wayOf(flag));
  await spread.write(left, () => recall.author);
  return { flagged: spread.flagged, done: rows.length <= limit && left.length === 0 };
}

/** An event that a capture is about to write. */
export type CapturedEvent = TraceEvent & { readonly subjects: readonly string[] };

/**
 * Flags what newly captured events make of flagged goods, in the same transaction. Reads: a range for each product of
 * which there are inputs or contents (one for each of them if it has many flags), one for each transformation reported
 * in parts, and only where one is flagged its recall and the ranges of the walk. What is not finished within the bound stays on the frontier.
 */
export async function flagCaptured(call: Spreader, events: readonly CapturedEvent[]): Promise<readonly RecallFlag[]> {
  const lookup = withNewEvents(eventLookup(call, refuseCut), events, (event) => (event as CapturedEvent).subjects);
  const sources = new Set<string>();
  for (const { links } of events) {
    for (const source of sourcesOf(links)) sources.add(source);
    if (links.transformationId !== undefined) for (const other of await lookup(links.transformationId)) for (const source of sourcesOf(other.links)) sources.add(source);
  }
  const recalls = new Map<string, RecallSkeleton | undefined>();
  const flags: RecallFlag[] = [];
  for (const flag of await flagsOfAll(call, sources)) {
    if (!recalls.has(flag.recallId)) recalls.set(flag.recallId, await call.state.get('recall', flag.recallId));
    if (recalls.get(flag.recallId)?.state === 'open') flags.push(flag);
  }
  if (flags.length === 0) return [];
  const ids = new Set(events.map(({ id }) => id));
  const spread = new Spreading(call, lookup, MAX_FLAGS);
  const left = await spread.run(flags, (hop) => ids.has(hop.edge.eventId) || ids.has(hop.sourceEventId));
  for (const flag of left) if (!spread.wrote(flag)) await call.state.index('recallFrontier', [flag.recallId, flag.lot, wayOf(flag)]);
  await spread.write(left, ({ recallId }) => recalls.get(recallId)?.author ?? '');
  return spread.flagged;
}

const wayKey = (flag: RecallFlag): string => `${flag.recallId}\n${flag.lot}\n${wayOf(flag)}`;

function refuseCut(subject: string): never {
  throw new DualchainError('TOO_LARGE', `${subject} has more than ${MAX_EVENTS_OF_SUBJECT} events, more than a recall follows in one transaction.`, { details: { subject } });
}

/** Walks from flags to their consequences, breadth first. */
class Spreading {
  readonly #call: Spreader;
  readonly #walk: ForwardWalk;
  readonly #limit: number;
  readonly #written = new Map<string, RecallFlag>();

  constructor(call: Spreader, lookup: TraceRequest['lookup'], limit: number) {
    this.#call = call;
    this.#walk = new ForwardWalk(lookup);
    this.#limit = limit;
  }

  get flagged(): readonly RecallFlag[] {
    return [...this.#written.values()];
  }

  wrote(flag: RecallFlag): boolean {
    return this.#written.has(wayKey(flag));
  }

  /** Follows the flags, those that they cause included; `matters` limits the first hop. Returns those that it did not finish. */
  async run(flags: readonly RecallFlag[], matters: (hop: TraceHop) => boolean = () => true): Promise<RecallFlag[]> {
    const queue = [...flags];
    for (let steps = 0; queue.length > 0 && steps < 2 * this.#limit; steps += 1) {
      const [flag] = queue;
      if (flag === undefined || !(await this.#follow(flag, steps < flags.length ? matters : () => true, queue))) break;
      queue.shift();
    }
    return queue;
  }

  /** Writes the new flags; those in `left` stay on the frontier. */
  async write(left: readonly RecallFlag[], authorOf: (flag: RecallFlag) => string): Promise<void> {
    const open = new Set(left.map(wayKey));
    for (const [key, flag] of this.#written) await writeFlag(this.#call, flag, authorOf(flag), open.has(key));
  }

  async #follow(flag: RecallFlag, matters: (hop: TraceHop) => boolean, queue: RecallFlag[]): Promise<boolean> {
    for (const hop of await this.#hops(flag)) {
      if (!matters(hop)) continue;
      const next = inherit(flag, hop, this.#call.at);
      const key = wayKey(next);
      if (this.#written.has(key) || (await this.#call.state.get('recallFlag', next.lot, next.recallId, wayOf(next))) !== undefined) continue;
      if (this.#written.size >= this.#limit) return false;
      this.#written.set(key, next);
      queue.push(next);
    }
    return true;
  }

  /** From a container goods go on only while they are inside, by what is known now. */
  async #hops(flag: RecallFlag): Promise<readonly TraceHop[]> {
    const { lot, from, eventId, via } = flag;
    if (from === undefined || eventId === undefined || via === 'transformation') return this.#walk.hops(stateOf(flag));
    const stay = await this.#walk.stay(lot, from, eventId);
    return stay === undefined ? [] : this.#walk.hops(stateOf(flag, stay.until));
  }
}
