import { compareUtf8 } from '../canonical';
import { canonicalId } from '../gs1';
import { inTimeOrder, staysIn } from './containment';
import type { Stay } from './containment';
import type { TraceCarrier, TraceDirection, TraceEdge, TraceEvent, TraceHop, TraceLimits, TraceNode, TraceRequest, TraceResult, TraceState, TraceVia } from './types';

const BEGIN = '';
const END = '\uffff';
const defaults: Required<TraceLimits> = { maxDepth: 50, maxNodes: 1000 };

/** A node with the time in which it matters; bounds are inclusive. */
interface State {
  readonly id: string;
  readonly from: string;
  readonly until: string;
  readonly depth: number;
  readonly via: TraceVia;
}

/** One hop: the state behind it and the edge in the direction of the goods. */
interface Hop {
  readonly state: State;
  readonly edge: TraceEdge;
  readonly sourceEventId: string;
}

/**
 * Everything that went into an id (`back`) or that it went into (`forward`), over transformations, aggregations and
 * associations. It respects time: an input counts if it was consumed no later than the output came out; content goes
 * with its container only while inside; of a lot only what was there when it was packed or consumed. Walking back and
 * forward are each other's inverse. Stops on cycles and at the limits; what was cut is in `frontier`, never silently left out.
 * Events with an error declaration do not count. Each id is looked up once.
 */
export async function traceClosure(request: TraceRequest): Promise<TraceResult> {
  return new Tracer(request).run();
}

/** Walks forward one hop at a time, for those who keep the frontier themselves. Each id is looked up once. */
export class ForwardWalk {
  private readonly tracer: Tracer;

  constructor(lookup: TraceRequest['lookup']) {
    this.tracer = new Tracer({ direction: 'forward', start: [], lookup });
  }

  /** What the goods of a state went into next. */
  async hops(state: TraceState): Promise<TraceHop[]> {
    const hops = await this.tracer.step(toState(state));
    return hops.map((hop) => ({ ...hop, state: fromState(hop.state) }));
  }

  /** The stay that an event began, as it is known now: undefined if the event began none. */
  async stay(container: string, content: string, eventId: string): Promise<Stay | undefined> {
    const events = await this.tracer.read(container);
    return staysIn(container, events).find((stay) => stay.content === content && stay.eventId === eventId);
  }
}

class Tracer {
  private readonly direction: TraceDirection;
  private readonly limits: Required<TraceLimits>;
  private readonly read_ = new Map<string, readonly TraceEvent[]>();
  private readonly nodes = new Map<string, TraceNode>();
  private readonly done = new Map<string, State[]>();
  private readonly edges = new Map<string, TraceEdge>();
  private readonly carriers = new Map<string, TraceCarrier>();
  private readonly events = new Map<string, string>();
  private readonly frontier: TraceState[] = [];
  private truncated = false;

  constructor(private readonly request: TraceRequest) {
    this.direction = request.direction;
    this.limits = { maxDepth: request.limits?.maxDepth ?? defaults.maxDepth, maxNodes: request.limits?.maxNodes ?? defaults.maxNodes };
  }

  async run(): Promise<TraceResult> {
    const { start } = this.request;
    const queue: State[] = (typeof start === 'string' ? [{ id: start }] : start).map(toState);
    for (const state of queue) this.meet(state);
    for (let state = queue.shift(); state !== undefined; state = queue.shift()) {
      if (this.covered(state)) continue;
      // At least one state is worked on, else a limit of zero would never get further.
      if (this.done.size >= Math.max(1, this.limits.maxNodes)) {
        this.cut(state);
        continue;
      }
      const hops = await this.hops(state);
      if (state.depth >= this.maxDepthOf(start)) {
        if (hops.some((hop) => !this.covered(hop.state))) this.cut(state);
        continue;
      }
      this.done.set(state.id, [...(this.done.get(state.id) ?? []), state]);
      for (const { state: next, edge } of hops) {
        this.edges.set(`${edge.from}\n${edge.to}\n${edge.eventId}`, edge);
        this.meet(next);
        queue.push(next);
      }
    }
    return this.result();
  }

  /** Depth is counted from where this call began, so a frontier goes on for as many hops again. */
  private maxDepthOf(start: TraceRequest['start']): number {
    return this.limits.maxDepth + (typeof start === 'string' ? 0 : Math.min(...start.map((state) => state.depth ?? 0)));
  }

  private meet(state: State): void {
    if (!this.nodes.has(state.id)) this.nodes.set(state.id, { id: state.id, depth: state.depth, via: state.via });
  }

  private covered(state: State): boolean {
    return (this.done.get(state.id) ?? []).some((other) => other.from <= state.from && other.until >= state.until);
  }

  private cut(state: State): void {
    this.truncated = true;
    this.frontier.push(fromState(state));
  }

  async step(state: State): Promise<Hop[]> {
    return this.forwardHops(state, await this.read(state.id));
  }

  async read(id: string): Promise<readonly TraceEvent[]> {
    const known = this.read_.get(id);
    if (known !== undefined) return known;
    const found = await this.request.lookup(id);
    const declared = new Set(found.filter((event) => event.links.errorDeclaration !== undefined).map((event) => event.id));
    const unique = new Map(found.filter((event) => !declared.has(event.id)).map((event) => [event.id, event]));
    const events = inTimeOrder([...unique.values()]);
    this.read_.set(id, events);
    return events;
  }

  private async hops(state: State): Promise<Hop[]> {
    const events = await this.read(state.id);
    const stays = this.direction === 'back' ? staysIn(state.id, events) : [];
    const from = this.direction === 'back' ? historyBegins(state, stays) : state.from;
    for (const event of events) if (event.links.time >= from && event.links.time <= state.until) this.tell(event);
    if (this.direction === 'forward') return this.forwardHops(state, events);
    await this.carry({ id: state.id, from, until: state.until }, new Set());
    return this.backHops(state, events, stays);
  }

  private async backHops(state: State, events: readonly TraceEvent[], stays: readonly Stay[]): Promise<Hop[]> {
    const hops: Hop[] = [];
    for (const event of events) {
      if (event.links.time > state.until || !outputsOf(event).includes(state.id)) continue;
      for (const source of await this.linked(event, (time) => time <= event.links.time)) {
        for (const input of inputsOf(source)) hops.push(this.hop(state, { from: input, to: state.id, eventId: event.id, kind: 'transformation' }, source.links.time, source.links.time, source.id));
      }
    }
    for (const stay of stays) {
      if (!overlaps(stay, state)) continue;
      const edge: TraceEdge = { from: stay.content, to: state.id, eventId: stay.eventId, kind: stay.kind };
      if (stay.level === 'class') hops.push(this.hop(state, edge, stay.from, stay.from));
      else hops.push(this.hop(state, edge, later(stay.from, state.from), earlier(stay.until ?? END, state.until)));
    }
    return hops;
  }

  private async forwardHops(state: State, events: readonly TraceEvent[]): Promise<Hop[]> {
    const hops: Hop[] = [];
    for (const event of events) {
      if (event.links.time < state.from || event.links.time > state.until || !inputsOf(event).includes(state.id)) continue;
      for (const sink of await this.linked(event, (time) => time >= event.links.time)) {
        for (const output of outputsOf(sink)) hops.push(this.hop(state, { from: state.id, to: output, eventId: sink.id, kind: 'transformation' }, sink.links.time, END, event.id));
      }
    }
    for (const stay of await this.staysOf(state.id, events)) {
      const joined = stay.level === 'class' ? stay.from >= state.from && stay.from <= state.until : overlaps(stay, state);
      if (!joined) continue;
      hops.push(this.hop(state, { from: state.id, to: stay.container, eventId: stay.eventId, kind: stay.kind }, later(stay.from, state.from), earlier(stay.until ?? END, state.until)));
    }
    return hops;
  }

  private hop(state: State, edge: TraceEdge, from: string, until: string, sourceEventId = edge.eventId): Hop {
    const id = this.direction === 'back' ? edge.from : edge.to;
    return { edge, sourceEventId, state: { id, from, until, depth: state.depth + 1, via: edge.kind } };
  }

  /** The event itself, and those of the same transformation whose time fits. */
  private async linked(event: TraceEvent, fits: (time: string) => boolean): Promise<TraceEvent[]> {
    const { transformationId } = event.links;
    if (transformationId === undefined) return [event];
    const others = (await this.read(transformationId)).filter((other) => other.id !== event.id && other.links.transformationId === transformationId && fits(other.links.time));
    others.forEach((other) => this.tell(other));
    return [event, ...others];
  }

  /** Where something was inside, by the events of each container that it was ever put into. */
  private async staysOf(id: string, events: readonly TraceEvent[]): Promise<Stay[]> {
    const containers = new Set(events.flatMap(({ links }) => (links.parent !== undefined && (links.epcs.includes(id) || links.classes.some((element) => element.id === id)) ? [links.parent] : [])));
    const stays: Stay[] = [];
    for (const container of containers) stays.push(...staysIn(container, await this.read(container)).filter((stay) => stay.content === id));
    return stays;
  }

  /** Containers that a node travelled in before the time that matters, with what happened to them meanwhile. */
  private async carry(state: Pick<State, 'id' | 'from' | 'until'>, path: ReadonlySet<string>): Promise<void> {
    for (const stay of await this.staysOf(state.id, await this.read(state.id))) {
      if (stay.kind !== 'aggregation' || !overlaps(stay, state) || path.has(stay.container)) continue;
      const key = `${stay.container}\n${stay.content}\n${stay.from}`;
      if (this.carriers.has(key)) continue;
      if (this.carriers.size >= this.limits.maxNodes) {
        this.truncated = true;
        return;
      }
      this.carriers.set(key, { id: stay.container, content: stay.content, from: stay.from, ...(stay.until === undefined ? {} : { until: stay.until }) });
      const until = earlier(stay.until ?? END, state.until);
      for (const event of await this.read(stay.container)) if (event.links.time >= stay.from && event.links.time <= until) this.tell(event);
      await this.carry({ id: stay.container, from: stay.from, until }, new Set([...path, state.id]));
    }
  }

  private tell(event: TraceEvent): void {
    this.events.set(event.id, event.links.time);
  }

  private result(): TraceResult {
    return {
      nodes: [...this.nodes.values()].sort((a, b) => a.depth - b.depth || compareUtf8(a.id, b.id)),
      edges: [...this.edges.values()].sort((a, b) => compareUtf8(a.from, b.from) || compareUtf8(a.to, b.to) || compareUtf8(a.eventId, b.eventId)),
      carriers: [...this.carriers.values()].sort((a, b) => compareUtf8(a.from, b.from) || compareUtf8(a.id, b.id) || compareUtf8(a.content, b.content)),
      events: [...this.events].sort(([idA, timeA], [idB, timeB]) => compareUtf8(timeA, timeB) || compareUtf8(idA, idB)).map(([id]) => id),
      truncated: this.truncated,
      frontier: this.frontier,
    };
  }
}

function toState(start: TraceState): State {
  return { id: canonicalId(start.id), from: start.from ?? BEGIN, until: start.until ?? END, depth: start.depth ?? 0, via: start.via ?? 'start' };
}

function fromState({ id, from, until, depth, via }: State): TraceState {
  return { id, ...(from === BEGIN ? {} : { from }), ...(until === END ? {} : { until }), depth, via };
}

const inputsOf = ({ links }: TraceEvent): string[] => [...new Set([...links.inputs, ...links.inputQuantities.map((element) => element.id)])];
const outputsOf = ({ links }: TraceEvent): string[] => [...new Set([...links.outputs, ...links.outputQuantities.map((element) => element.id)])];
const later = (a: string, b: string): string => (a > b ? a : b);
const earlier = (a: string, b: string): string => (a < b ? a : b);

/** A thing's story goes back to its birth; that of a container, which is used again and again, to the packing of what matters. */
function historyBegins(state: State, stays: readonly Stay[]): string {
  if (stays.length === 0) return BEGIN;
  return stays.filter((stay) => overlaps(stay, state)).reduce((earliest, stay) => earlier(earliest, stay.from), state.from);
}

const overlaps = (stay: Stay, window: Pick<State, 'from' | 'until'>): boolean => stay.from <= window.until && (stay.until ?? END) >= window.from;
