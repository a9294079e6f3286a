import { staysIn } from './containment';
import type { Stay } from './containment';
import type { Reading, TraceReader } from './trace-reading';
import type { TraceCarrier, TraceDirection, TraceEdge, TraceEvent, TraceVia } from './types';

export const BEGIN = '';
export const END = '\uffff';

/** An identifier with the time in which it matters; bounds are inclusive. */
export interface State {
  readonly id: string;
  readonly from: string;
  readonly until: string;
  readonly depth: number;
  readonly via: TraceVia;
}

/** One hop: the state behind it and the edge in the direction of the goods. */
export interface Hop {
  readonly state: State;
  readonly edge: TraceEdge;
  readonly sourceEventId: string;
}

type Window = Pick<State, 'from' | 'until'>;

interface Ride {
  readonly carrier: TraceCarrier;
  /** Up to when the events of the container have been told. */
  told: string;
}

/** What one hop from a state reaches, by the rules of {@link traceClosure}, and the events and carriers met meanwhile. */
export class Hops {
  /** Events of the story with their times. */
  readonly events = new Map<string, string>();
  /** Whether carriers were left out. */
  carriersCut = false;
  readonly #rides = new Map<string, Ride>();

  constructor(
    private readonly reader: TraceReader,
    private readonly direction: TraceDirection,
    private readonly maxCarriers: number,
  ) {}

  get carriers(): TraceCarrier[] {
    return [...this.#rides.values()].map(({ carrier }) => carrier);
  }

  *from(state: State): Reading<Hop[]> {
    const events = yield* this.reader.events(state.id);
    if (this.direction === 'forward') {
      this.#tell(events, state);
      return yield* this.forward(state);
    }
    const stays = events.some(({ links }) => links.parent === state.id) ? staysIn(state.id, events) : [];
    const story = { from: historyBegins(state, stays), until: state.until };
    this.#tell(events, story);
    yield* this.#carry(state.id, events, story);
    return yield* this.#back(state, events, stays);
  }

  *forward(state: State): Reading<Hop[]> {
    const events = yield* this.reader.events(state.id);
    const hops: Hop[] = [];
    for (const event of events) {
      if (!within(event, state) || !event.links.inputs.includes(state.id)) continue;
      for (const sink of yield* this.#linked(event, (time) => time >= event.links.time)) {
        for (const to of sink.links.outputs) hops.push(this.#hop(state, { from: state.id, to, eventId: sink.id, kind: 'transformation' }, sink.links.time, END, event.id));
      }
    }
    for (const stay of yield* this.#staysOf(state.id, events)) {
      const joined = stay.level === 'class' ? stay.from >= state.from && stay.from <= state.until : overlaps(stay, state);
      if (joined) hops.push(this.#hop(state, { from: state.id, to: stay.container, eventId: stay.eventId, kind: stay.kind }, later(stay.from, state.from), earlier(stay.until ?? END, state.until)));
    }
    return hops;
  }

  *#back(state: State, events: readonly TraceEvent[], stays: readonly Stay[]): Reading<Hop[]> {
    const hops: Hop[] = [];
    for (const event of events) {
      if (event.links.time > state.until || !event.links.outputs.includes(state.id)) continue;
      for (const source of yield* this.#linked(event, (time) => time <= event.links.time)) {
        for (const from of source.links.inputs) hops.push(this.#hop(state, { from, to: state.id, eventId: event.id, kind: 'transformation' }, source.links.time, source.links.time, source.id));
      }
    }
    for (const stay of stays) {
      if (!overlaps(stay, state)) continue;
      const edge: TraceEdge = { from: stay.content, to: state.id, eventId: stay.eventId, kind: stay.kind };
      if (stay.level === 'class') hops.push(this.#hop(state, edge, stay.from, stay.from));
      else hops.push(this.#hop(state, edge, later(stay.from, state.from), earlier(stay.until ?? END, state.until)));
    }
    return hops;
  }

  #hop(state: State, edge: TraceEdge, from: string, until: string, sourceEventId = edge.eventId): Hop {
    return { edge, sourceEventId, state: { id: this.direction === 'back' ? edge.from : edge.to, from, until, depth: state.depth + 1, via: edge.kind } };
  }

  /** The event itself, and those of the same transformation whose time fits. */
  *#linked(event: TraceEvent, fits: (time: string) => boolean): Reading<readonly TraceEvent[]> {
    const { transformationId } = event.links;
    if (transformationId === undefined) return [event];
    const others = (yield* this.reader.events(transformationId)).filter((other) => other.id !== event.id && other.links.transformationId === transformationId && fits(other.links.time));
    for (const { id, links } of others) this.events.set(id, links.time);
    return [event, ...others];
  }

  /** Where something was inside, by the events of each container that it was ever put into. */
  *#staysOf(id: string, events: readonly TraceEvent[]): Reading<readonly Stay[]> {
    let stays: readonly Stay[] | undefined;
    for (const container of containersOf(id, events)) {
      const found = yield* this.reader.staysOf(id, container);
      stays = stays === undefined ? found : [...stays, ...found];
    }
    return stays ?? [];
  }

  /** Containers that something travelled in during a time, with what happened to them meanwhile, and theirs. */
  *#carry(id: string, events: readonly TraceEvent[], window: Window): Reading<void> {
    for (const stay of yield* this.#staysOf(id, events)) {
      if (stay.kind !== 'aggregation' || !overlaps(stay, window)) continue;
      const until = earlier(stay.until ?? END, window.until);
      const key = `${stay.container}\n${stay.content}\n${stay.from}`;
      const ride = this.#rides.get(key);
      if (ride !== undefined && ride.told >= until) continue;
      if (ride !== undefined) ride.told = until;
      else if (this.#rides.size >= this.maxCarriers) {
        this.carriersCut = true;
        return;
      } else this.#rides.set(key, { told: until, carrier: { id: stay.container, content: stay.content, from: stay.from, ...(stay.until === undefined ? {} : { until: stay.until }) } });
      const meanwhile = { from: stay.from, until };
      const its = yield* this.reader.events(stay.container);
      this.#tell(its, meanwhile);
      yield* this.#carry(stay.container, its, meanwhile);
    }
  }

  #tell(events: readonly TraceEvent[], window: Window): void {
    for (const event of events) if (within(event, window)) this.events.set(event.id, event.links.time);
  }
}

function containersOf(id: string, events: readonly TraceEvent[]): Set<string> {
  const containers = new Set<string>();
  for (const { links } of events) if (links.parent !== undefined && (links.epcs.includes(id) || links.classes.some((element) => element.id === id))) containers.add(links.parent);
  return containers;
}

/** A thing's story goes back to its birth; that of a container, which is used again and again, to the packing of what matters. */
function historyBegins(state: State, stays: readonly Stay[]): string {
  if (stays.length === 0) return BEGIN;
  return stays.filter((stay) => overlaps(stay, state)).reduce((earliest, stay) => earlier(earliest, stay.from), state.from);
}

const within = ({ links }: TraceEvent, { from, until }: Window): boolean => links.time >= from && links.time <= until;
const overlaps = (stay: Stay, window: Window): boolean => stay.from <= window.until && (stay.until ?? END) >= window.from;
const later = (a: string, b: string): string => (a > b ? a : b);
const earlier = (a: string, b: string): string => (a < b ? a : b);
