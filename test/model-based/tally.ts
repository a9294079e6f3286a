import type { ErrorCode } from '../../model/src';

/** What a run counts. */
export class Tally {
  sequences = 0;
  /** Attempts by verb: how many committed, how many were rightly refused. */
  readonly verbs = new Map<string, { committed: number; refused: number }>();
  /** Refusals by verb and code. */
  readonly #codes = new Map<string, number>();

  count(verb: string, outcome: 'committed' | 'refused', times = 1): void {
    const counts = this.verbs.get(verb) ?? { committed: 0, refused: 0 };
    counts[outcome] += times;
    this.verbs.set(verb, counts);
  }

  /** How often the verb committed, or was refused with this code. */
  seen(verb: string, code: ErrorCode | undefined): number {
    return code === undefined ? (this.verbs.get(verb)?.committed ?? 0) : (this.#codes.get(`${verb} ${code}`) ?? 0);
  }

  /** An attempt of this sequence's process ended so. */
  add(verb: string, code: ErrorCode | undefined): void {
    this.count(verb, code === undefined ? 'committed' : 'refused');
    if (code !== undefined) this.#codes.set(`${verb} ${code}`, this.seen(verb, code) + 1);
  }

  total(outcome: 'committed' | 'refused'): number {
    return [...this.verbs.values()].reduce((sum, counts) => sum + counts[outcome], 0);
  }

  /** As it is sent from process to process. */
  toJSON(): TallyCounts {
    return { sequences: this.sequences, verbs: [...this.verbs].map(([verb, { committed, refused }]) => [verb, committed, refused]) };
  }

  join({ sequences, verbs }: TallyCounts): void {
    this.sequences += sequences;
    for (const [verb, committed, refused] of verbs) {
      this.count(verb, 'committed', committed);
      this.count(verb, 'refused', refused);
    }
  }
}

export interface TallyCounts {
  readonly sequences: number;
  readonly verbs: readonly (readonly [verb: string, committed: number, refused: number])[];
}
