import { inTimeOrder, staysIn } from './containment';
import type { Stay } from './containment';
import type { TraceEvent, TraceRequest } from './types';

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
  readonly #lookup: TraceRequest['lookup'];
  readonly #lookupAll: TraceRequest['lookupAll'];
  readonly #stories = new Map<string, Story>();

  constructor({ lookup, lookupAll }: Pick<TraceRequest, 'lookup' | 'lookupAll'>) {
    this.#lookup = lookup;
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
    const found = this.#lookupAll === undefined ? undefined : await this.#lookupAll(ids);
    for (const id of ids) this.#stories.set(id, { events: counting(found?.get(id) ?? (found === undefined ? await this.#lookup(id) : [])) });
  }
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

/** Without those that were declared to be errors, each once, in time order. */
function counting(found: readonly TraceEvent[]): readonly TraceEvent[] {
  if (found.length === 0) return found;
  const declared = new Set<string>();
  for (const event of found) if (event.links.errorDeclaration !== undefined) declared.add(event.id);
  const unique = new Map<string, TraceEvent>();
  for (const event of found) if (!declared.has(event.id)) unique.set(event.id, plain(event));
  return inTimeOrder([...unique.values()]);
}

/** With lots and objects in one list for each side, so that hops need not tell them apart. */
function plain(event: TraceEvent): TraceEvent {
  const { inputs, inputQuantities, outputs, outputQuantities } = event.links;
  if (inputQuantities.length + outputQuantities.length === 0) return event;
  const joined = (ids: readonly string[], quantities: readonly { readonly id: string }[]) => [...new Set([...ids, ...quantities.map(({ id }) => id)])];
  return { id: event.id, links: { ...event.links, inputs: joined(inputs, inputQuantities), outputs: joined(outputs, outputQuantities), inputQuantities: [], outputQuantities: [] } };
}
