import { inTimeOrder, staysIn } from './containment';
import type { Stay } from './containment';
import type { TraceEvent, TraceLookupAll, TraceRequest } from './types';

/** Work that asks for the events of an identifier by yielding it, and goes on once they are known. */
export type Reading<T> = Generator<string, T, undefined>;

/** What is known of an identifier: its events that count, in time order, and, once asked for, what was inside it. */
interface Story {
  readonly events: readonly TraceEvent[];
  inside?: ReadonlyMap<string, readonly Stay[]>;
}

const NOTHING: readonly Stay[] = [];

/**
 * The events of identifiers, each read once. Works that run together wait together: what all of them miss is asked for
 * at once, so that a ledger reads a whole level of a closure in a few messages.
 */
export class TraceReader {
  readonly #lookupAll: TraceLookupAll;
  readonly #stories = new Map<string, Story>();

  constructor(lookupAll: TraceLookupAll) {
    this.#lookupAll = lookupAll;
  }

  /** Runs works side by side to their ends. Results are in their order. */
  async all<T>(works: readonly Reading<T>[]): Promise<T[]> {
    const results: T[] = [];
    let running = works.map((work, index) => ({ work, index }));
    while (running.length > 0) {
      const wanted = new Set<string>();
      running = running.filter(({ work, index }) => {
        const step = work.next();
        if (step.done === true) results[index] = step.value;
        else wanted.add(step.value);
        return step.done !== true;
      });
      if (wanted.size > 0) await this.#load([...wanted]);
    }
    return results;
  }

  *events(id: string): Reading<readonly TraceEvent[]> {
    return (this.#stories.get(id) ?? (yield* this.#story(id))).events;
  }

  /** Stays of one content in a container. */
  *staysOf(content: string, container: string): Reading<readonly Stay[]> {
    const story = this.#stories.get(container) ?? (yield* this.#story(container));
    story.inside ??= byContent(staysIn(container, story.events));
    return story.inside.get(content) ?? NOTHING;
  }

  *#story(id: string): Reading<Story> {
    yield id;
    return this.#stories.get(id) ?? { events: [] };
  }

  async #load(ids: readonly string[]): Promise<void> {
    const found = await this.#lookupAll(ids);
    for (const id of ids) this.#stories.set(id, { events: counting(found.get(id) ?? []) });
  }
}

/** For a lookup that knows one identifier at a time. */
export function oneByOne(lookup: TraceRequest['lookup']): TraceLookupAll {
  return async (subjects) => {
    const found = new Map<string, readonly TraceEvent[]>();
    for (const subject of subjects) found.set(subject, await lookup(subject));
    return found;
  };
}

function byContent(stays: readonly Stay[]): Map<string, Stay[]> {
  const grouped = new Map<string, Stay[]>();
  for (const stay of stays) {
    const same = grouped.get(stay.content);
    if (same === undefined) grouped.set(stay.content, [stay]);
    else same.push(stay);
  }
  return grouped;
}

/** Without those that were declared to be errors, each once, in time order. As the ledger's index gives them they mostly are so already. */
function counting(found: readonly TraceEvent[]): readonly TraceEvent[] {
  if (found.every((event, index) => isPlain(event) && follows(event, found[index - 1]))) return found;
  const declared = new Set(found.filter((event) => event.links.errorDeclaration !== undefined).map((event) => event.id));
  const unique = new Map(found.filter((event) => !declared.has(event.id)).map((event) => [event.id, isPlain(event) ? event : plain(event)]));
  return inTimeOrder([...unique.values()]);
}

const follows = (event: TraceEvent, before: TraceEvent | undefined): boolean => before === undefined || event.links.time > before.links.time || (event.links.time === before.links.time && event.id > before.id);
const isPlain = ({ links }: TraceEvent): boolean => links.errorDeclaration === undefined && links.inputQuantities.length + links.outputQuantities.length === 0;

/** With lots and objects in one list for each side, so that hops need not tell them apart. */
function plain(event: TraceEvent): TraceEvent {
  const { inputs, inputQuantities, outputs, outputQuantities } = event.links;
  const joined = (ids: readonly string[], quantities: readonly { readonly id: string }[]) => [...new Set([...ids, ...quantities.map(({ id }) => id)])];
  return { id: event.id, links: { ...event.links, inputs: joined(inputs, inputQuantities), outputs: joined(outputs, outputQuantities), inputQuantities: [], outputQuantities: [] } };
}
