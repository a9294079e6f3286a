import { parseQuantity, quantityPattern } from '../quantity';
import type { ClassQuantity, TraceEvent } from './types';

/** Time that content spent in a container (aggregation) or a part in a whole (association). */
export interface Stay {
  readonly container: string;
  readonly content: string;
  /** Whether the content stood in the list of objects or in that of quantities (lots and classes). */
  readonly level: 'instance' | 'class';
  readonly kind: 'aggregation' | 'association';
  /** UTC, inclusive. */
  readonly from: string;
  /** UTC, inclusive; absent while it is still inside. */
  readonly until?: string;
  /** The event that put it in. */
  readonly eventId: string;
}

interface OpenStay {
  readonly stay: Stay;
  /** What is left of a lot, in millionths of its unit; undefined if not counted. */
  left: bigint | undefined;
  readonly uom: string | undefined;
}

/** By time, then id: the order in which events of one time are taken does not depend on how they were found. */
export function inTimeOrder(events: readonly TraceEvent[]): TraceEvent[] {
  return [...events].sort((a, b) => (a.links.time < b.links.time ? -1 : a.links.time > b.links.time ? 1 : a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

/**
 * All stays in a container, from its events. ADD puts in, DELETE takes out (without contents: everything; of a lot with a
 * quantity: that much, oldest first), OBSERVE of something not known to be inside puts it in from then on.
 */
export function staysIn(container: string, events: readonly TraceEvent[]): Stay[] {
  return (['AggregationEvent', 'AssociationEvent'] as const).flatMap((type) => {
    const own = events.filter((event) => event.links.type === type && event.links.parent === container);
    return new Ledger(container, type === 'AggregationEvent' ? 'aggregation' : 'association').run(inTimeOrder(own));
  });
}

class Ledger {
  private readonly open = new Map<string, OpenStay[]>();
  private readonly closed: Stay[] = [];

  constructor(
    private readonly container: string,
    private readonly kind: Stay['kind'],
  ) {}

  run(events: readonly TraceEvent[]): Stay[] {
    for (let i = 0; i < events.length; ) {
      const time = events[i]?.links.time;
      const same: TraceEvent[] = [];
      for (; events[i]?.links.time === time; i += 1) same.push(events[i] as TraceEvent);
      // At one and the same time, unpacking what is inside goes before packing (re-packing); unpacking nothing goes after.
      const removals = same.filter((event) => event.links.action === 'DELETE');
      const first = removals.filter((event) => this.touches(event));
      first.forEach((event) => this.remove(event));
      same.filter((event) => event.links.action !== 'DELETE').forEach((event) => this.put(event));
      removals.filter((event) => !first.includes(event)).forEach((event) => this.remove(event));
    }
    return [...this.closed, ...[...this.open.values()].flat().map((entry) => entry.stay)].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : a.content < b.content ? -1 : 1));
  }

  private touches(event: TraceEvent): boolean {
    const { epcs, classes } = event.links;
    if (epcs.length + classes.length === 0) return this.open.size > 0;
    return epcs.some((id) => this.open.has(id)) || classes.some((element) => this.open.has(element.id));
  }

  private put(event: TraceEvent): void {
    const { epcs, classes, action } = event.links;
    for (const id of epcs) if (!this.open.has(id)) this.begin(event, id, 'instance', {});
    for (const element of classes) if (action === 'ADD' || !this.open.has(element.id)) this.begin(event, element.id, 'class', element);
  }

  private begin(event: TraceEvent, content: string, level: Stay['level'], element: Partial<ClassQuantity>): void {
    const stay: Stay = { container: this.container, content, level, kind: this.kind, from: event.links.time, eventId: event.id };
    const stays = this.open.get(content) ?? [];
    stays.push({ stay, left: scaled(element.quantity), uom: element.uom });
    this.open.set(content, stays);
  }

  private remove(event: TraceEvent): void {
    const { epcs, classes, time } = event.links;
    if (epcs.length + classes.length === 0) for (const content of [...this.open.keys()]) this.end(content, time);
    for (const id of epcs) this.end(id, time);
    for (const element of classes) this.take(element, time);
  }

  private end(content: string, time: string): void {
    for (const entry of this.open.get(content) ?? []) this.closed.push({ ...entry.stay, until: time });
    this.open.delete(content);
  }

  /** Part of a lot goes out. If amounts cannot be compared, the lot stays inside: a trace may show too much, not too little. */
  private take(element: ClassQuantity, time: string): void {
    let amount = scaled(element.quantity);
    if (amount === undefined) return this.end(element.id, time);
    const stays = this.open.get(element.id) ?? [];
    const rest: OpenStay[] = [];
    for (const entry of stays) {
      if (amount > 0n && entry.uom === element.uom && entry.left !== undefined) {
        const out: bigint = amount < entry.left ? amount : entry.left;
        entry.left -= out;
        amount -= out;
        if (entry.left === 0n) {
          this.closed.push({ ...entry.stay, until: time });
          continue;
        }
      }
      rest.push(entry);
    }
    if (rest.length === 0) this.open.delete(element.id);
    else this.open.set(element.id, rest);
  }
}

function scaled(quantity: string | undefined): bigint | undefined {
  return quantity !== undefined && quantityPattern.test(quantity) ? parseQuantity(quantity) : undefined;
}
