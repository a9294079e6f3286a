import type { HiddenEvents, TraceAnswer, TraceCarrier, TraceEdge, TraceNode, TraceState, Verb } from '@dualchain/model';
import { traceVerbs, unpackTrace } from '@dualchain/model';
import type { CallOptions, Session } from '../session';
import { ask } from '../submission/ask';
import { checkFields, checkInput, invalidParameter } from '../submission/plan';
import { walkWithInternal } from './walk-with-internal';

export interface TraceParameters {
  /** Lot, object or container, in any form (URN, Digital Link). */
  readonly id: string;
  /** Hops at most; default: no bound. */
  readonly depth?: number;
  /** Lots and objects after which nothing more is asked; default 10,000. */
  readonly limit?: number;
}

/** A chain of custody and making. Ids are canonical (Digital Link form). */
export interface Trace {
  /** Each once, the one asked about first, with the fewest hops. */
  readonly nodes: readonly TraceNode[];
  readonly edges: readonly TraceEdge[];
  readonly carriers: readonly TraceCarrier[];
  /** Ids of the events that tell the story: in time order, and answer after answer where the ledger gave several. */
  readonly events: readonly string[];
  /** Identifiers with more events than the ledger reads at once: what the rest would show is missing. */
  readonly cut: readonly string[];
  /** Identifiers on the way with sealed events that the own organisation can follow but not read: what these would show is missing. */
  readonly hidden: readonly HiddenEvents[];
  /** Whether `depth` or `limit` ended it early; `frontier` is where. */
  readonly truncated: boolean;
  readonly frontier: readonly TraceState[];
}

type Direction = typeof traceVerbs.traceBack | typeof traceVerbs.traceForward;

const DEFAULT_LIMIT = 10_000;
/** Bounds of one question, as the verbs have them. */
const MAX_DEPTH = 100;
const MAX_LIMIT = 10_000;

/** Everything that went into a lot, over transformations, containers and associations. Throws INVALID_INPUT, NOT_FOUND. */
export function traceBack(session: Session, parameters: TraceParameters, options?: CallOptions): Promise<Trace> {
  return follow(session, traceVerbs.traceBack, parameters, options);
}

/** Everything that a lot went into, over transformations, containers and associations. Throws INVALID_INPUT, NOT_FOUND. */
export function traceForward(session: Session, parameters: TraceParameters, options?: CallOptions): Promise<Trace> {
  return follow(session, traceVerbs.traceForward, parameters, options);
}

/** Asks on from each answer's frontier, until nothing is left or a bound is met. */
async function follow(session: Session, verb: Direction, parameters: TraceParameters, options: CallOptions | undefined): Promise<Trace> {
  const { id, depth = Infinity, limit = DEFAULT_LIMIT } = checkFields(parameters, ['id', 'depth', 'limit']);
  for (const [path, bound] of Object.entries({ depth: depth === Infinity ? 1 : depth, limit })) {
    if (!Number.isSafeInteger(bound) || bound < 1) throw invalidParameter(path, 'must be a whole number of at least 1');
  }
  const merged = new Merged();
  for (let frontier: readonly TraceState[] | undefined; ; ) {
    const reached = frontier === undefined ? 0 : Math.min(...frontier.map((state) => state.depth ?? 0));
    const bounds = { depth: Math.min(MAX_DEPTH, depth - reached), limit: Math.min(MAX_LIMIT, limit - merged.nodes.size) };
    const question = { id, ...bounds, ...(frontier !== undefined && { frontier: [...frontier] }) };
    // Internal events can be read here alone, and only with the organisation's key.
    if (session.internalKey !== undefined) merged.add(await walkWithInternal(session, verb === traceVerbs.traceBack ? 'back' : 'forward', checkInput(verb as unknown as Verb, question) as typeof question, options));
    else merged.add(unpackTrace<TraceAnswer>(await ask(session, verb, question, options)));
    const left = merged.frontier;
    const next = left.filter((state) => (state.depth ?? 0) < depth).slice(0, MAX_LIMIT);
    if (next.length === 0 || merged.nodes.size >= limit) return merged.result(left);
    merged.ask(next);
    frontier = next;
  }
}

/** Answers put together: each node, edge and carrier once, and no state asked from twice. */
class Merged {
  readonly nodes = new Map<string, TraceNode>();
  readonly #edges = new Map<string, TraceEdge>();
  readonly #carriers = new Map<string, TraceCarrier>();
  readonly #events = new Set<string>();
  readonly #cut = new Set<string>();
  readonly #hidden = new Map<string, HiddenEvents>();
  readonly #frontier = new Map<string, TraceState>();
  /** States that were walked on from, and those of the question under way. */
  readonly #finished = new Set<string>();
  #asked: readonly TraceState[] = [];
  #short = false;

  add({ nodes, edges, carriers, events, cut, hidden, frontier, truncated }: TraceAnswer): void {
    // With nowhere to go on from, it is carriers that were left out.
    this.#short ||= truncated && frontier.length === 0;
    for (const node of nodes) if ((this.nodes.get(node.id)?.depth ?? Infinity) > node.depth) this.nodes.set(node.id, node);
    for (const edge of edges) this.#edges.set(keyOf(edge), edge);
    for (const carrier of carriers) this.#carriers.set(keyOf(carrier), carrier);
    for (const event of events) this.#events.add(event);
    for (const id of cut) this.#cut.add(id);
    for (const each of hidden) this.#hidden.set(each.id, each);
    // What was asked about and comes back was cut again.
    const left = new Map(frontier.map((state) => [keyOf(state), state]));
    for (const state of this.#asked) if (!left.has(keyOf(state))) this.#finished.add(keyOf(state));
    for (const [key, state] of left) if (!this.#finished.has(key)) this.#frontier.set(key, state);
  }

  get frontier(): readonly TraceState[] {
    return [...this.#frontier.values()];
  }

  ask(states: readonly TraceState[]): void {
    this.#asked = states;
    for (const state of states) this.#frontier.delete(keyOf(state));
  }

  result(frontier: readonly TraceState[]): Trace {
    return { nodes: [...this.nodes.values()], edges: [...this.#edges.values()], carriers: [...this.#carriers.values()], events: [...this.#events], cut: [...this.#cut], hidden: [...this.#hidden.values()], truncated: this.#short || frontier.length > 0, frontier };
  }
}

/** What makes two of them the same: all but depth and kind, with which the same may be reached on several ways. */
function keyOf(part: TraceEdge | TraceCarrier | TraceState): string {
  if ('eventId' in part) return `${part.from}\n${part.to}\n${part.eventId}`;
  return `${part.id}\n${'content' in part ? part.content : ''}\n${part.from ?? ''}\n${part.until ?? ''}`;
}
