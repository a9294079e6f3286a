import { compareUtf8 } from '../canonical';
import { canonicalId } from '../gs1';
import { staysIn } from './containment';
import type { Stay } from './containment';
import { BEGIN, END, Hops } from './trace-hops';
import type { Hop, State } from './trace-hops';
import { oneByOne, TraceReader } from './trace-reading';
import type { TraceEdge, TraceHop, TraceLimits, TraceLookupAll, TraceNode, TraceRequest, TraceResult, TraceState } from './types';

const defaults: Required<TraceLimits> = { maxDepth: 50, maxNodes: 1000 };

/**
 * Everything that went into an id (`back`) or that it went into (`forward`), over transformations, aggregations and
 * associations. It respects time: an input counts if it was consumed no later than the output came out; content goes
 * with its container only while inside; of a lot only what was there when it was packed or consumed. Walking back and
 * forward are each other's inverse. Stops on cycles and at the limits; what was cut is in `frontier`, never silently left out.
 * Events with an error declaration do not count. Each id is looked up once, those of one level together.
 */
export async function traceClosure(request: TraceRequest | (Omit<TraceRequest, 'lookup'> & { readonly lookupAll: TraceLookupAll })): Promise<TraceResult> {
  return new Closure(request, 'lookupAll' in request ? request.lookupAll : oneByOne(request.lookup)).run();
}

/** Walks forward one hop at a time, for those who keep the frontier themselves. Each id is looked up once. */
export class ForwardWalk {
  private readonly reader: TraceReader;
  private readonly walk: Hops;

  constructor(lookup: TraceRequest['lookup']) {
    this.reader = new TraceReader(oneByOne(lookup));
    this.walk = new Hops(this.reader, 'forward', 0);
  }

  /** What the goods of a state went into next. */
  async hops(state: TraceState): Promise<TraceHop[]> {
    const hops = (await this.reader.all([this.walk.forward(toState(state))])).flat();
    return hops.map((hop) => ({ ...hop, state: fromState(hop.state) }));
  }

  /** The stay that an event began, as it is known now: undefined if the event began none. */
  async stay(container: string, content: string, eventId: string): Promise<Stay | undefined> {
    const events = (await this.reader.all([this.reader.events(container)])).flat();
    return staysIn(container, events).find((stay) => stay.content === content && stay.eventId === eventId);
  }
}

/** Breadth first, level after level: the states of one level read together, and are taken in their order. */
class Closure {
  private readonly limits: Required<TraceLimits>;
  private readonly maxDepth: number;
  private readonly reader: TraceReader;
  private readonly walk: Hops;
  private readonly nodes = new Map<string, TraceNode>();
  private readonly done = new Map<string, State[]>();
  private readonly edges = new Map<string, TraceEdge>();
  private readonly frontier: TraceState[] = [];

  constructor(
    private readonly request: Pick<TraceRequest, 'direction' | 'start' | 'limits'>,
    lookupAll: TraceLookupAll,
  ) {
    const { direction, start, limits } = request;
    this.limits = { maxDepth: limits?.maxDepth ?? defaults.maxDepth, maxNodes: limits?.maxNodes ?? defaults.maxNodes };
    // Depth is counted from where this call began, so a frontier goes on for as many hops again.
    this.maxDepth = this.limits.maxDepth + (typeof start === 'string' ? 0 : Math.min(...start.map((state) => state.depth ?? 0)));
    this.reader = new TraceReader(lookupAll);
    this.walk = new Hops(this.reader, direction, this.limits.maxNodes);
  }

  async run(): Promise<TraceResult> {
    const { start } = this.request;
    let level: State[] = (typeof start === 'string' ? [{ id: start }] : start).map(toState);
    for (const state of level) this.meet(state);
    while (level.length > 0) {
      const states = level.filter((state) => this.take(state));
      const reached = await this.reader.all(states.map((state) => this.walk.from(state)));
      level = states.flatMap((state, index) => this.expand(state, reached[index] ?? []));
    }
    return this.result();
  }

  /** Whether hops of a state are wanted. */
  private take(state: State): boolean {
    if (this.covered(state)) return false;
    // At least one state is worked on, else a limit of zero would never get further.
    if (this.done.size >= Math.max(1, this.limits.maxNodes)) {
      this.frontier.push(fromState(state));
      return false;
    }
    if (state.depth < this.maxDepth) {
      const others = this.done.get(state.id);
      if (others === undefined) this.done.set(state.id, [state]);
      else others.push(state);
    }
    return true;
  }

  /** The states behind the hops; none at the last level, unless all are known already. */
  private expand(state: State, hops: readonly Hop[]): State[] {
    if (state.depth >= this.maxDepth && hops.some((hop) => !this.covered(hop.state))) {
      this.frontier.push(fromState(state));
      return [];
    }
    return hops.map(({ state: next, edge }) => {
      const key = `${edge.from}\n${edge.to}\n${edge.eventId}`;
      if (!this.edges.has(key)) this.edges.set(key, edge);
      this.meet(next);
      return next;
    });
  }

  private meet({ id, depth, via }: State): void {
    if (!this.nodes.has(id)) this.nodes.set(id, { id, depth, via });
  }

  private covered(state: State): boolean {
    const others = this.done.get(state.id);
    return others !== undefined && others.some((other) => other.from <= state.from && other.until >= state.until);
  }

  private result(): TraceResult {
    const { walk, frontier } = this;
    return {
      nodes: [...this.nodes.values()].sort((a, b) => a.depth - b.depth || compareUtf8(a.id, b.id)),
      edges: [...this.edges.values()].sort((a, b) => compareUtf8(a.from, b.from) || compareUtf8(a.to, b.to) || compareUtf8(a.eventId, b.eventId)),
      carriers: walk.carriers.sort((a, b) => compareUtf8(a.from, b.from) || compareUtf8(a.id, b.id) || compareUtf8(a.content, b.content)),
      events: [...walk.events].sort(([idA, timeA], [idB, timeB]) => compareUtf8(timeA, timeB) || compareUtf8(idA, idB)).map(([id]) => id),
      truncated: walk.carriersCut || frontier.length > 0,
      frontier,
    };
  }
}

function toState(start: TraceState): State {
  return { id: canonicalId(start.id), from: start.from ?? BEGIN, until: start.until ?? END, depth: start.depth ?? 0, via: start.via ?? 'start' };
}

function fromState({ id, from, until, depth, via }: State): TraceState {
  return { id, ...(from === BEGIN ? {} : { from }), ...(until === END ? {} : { until }), depth, via };
}
