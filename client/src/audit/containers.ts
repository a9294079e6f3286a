import { takesIn } from '@dualchain/model';
import type { EventLinks } from '@dualchain/model';

/** Containers that one question walks through. */
const MAX_CONTAINERS = 1000;

/** Who took in which containers without counting what is in them: how goods come to somebody whose events do not name them. */
export class Containers {
  /** What a lot or a container was packed into. */
  readonly #around = new Map<string, Set<string>>();
  /** By container and reporter: the lots that every event that took it in counts beside it. */
  readonly #taken = new Map<string, Map<string, ReadonlySet<string>>>();

  add(reporter: string, links: EventLinks): void {
    const { type, parent, epcs, classes } = links;
    if (type === 'AggregationEvent' && parent !== undefined) {
      for (const content of [...epcs, ...classes.map(({ id }) => id)]) this.#around.set(content, (this.#around.get(content) ?? new Set()).add(parent));
    }
    if (!takesIn(links)) return;
    const counted = new Set(classes.map(({ id }) => id));
    for (const container of epcs) {
      const taken = this.#taken.get(container) ?? new Map<string, ReadonlySet<string>>();
      this.#taken.set(container, taken);
      const before = taken.get(reporter);
      taken.set(reporter, before === undefined ? counted : new Set([...before].filter((lot) => counted.has(lot))));
    }
  }

  /** Whether goods of the lot may have come to the member in a container that it took in as a whole. */
  mayHaveBrought(lot: string, mspId: string): boolean {
    const reached = new Set([lot]);
    for (const each of reached) {
      if (reached.size > MAX_CONTAINERS) return true;
      const counted = this.#taken.get(each)?.get(mspId);
      if (each !== lot && counted !== undefined && !counted.has(lot)) return true;
      for (const container of this.#around.get(each) ?? []) reached.add(container);
    }
    return false;
  }
}
