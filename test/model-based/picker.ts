/** Turns the random numbers of one step into choices, so that a failing sequence can be shrunk and played again. */
export class Picker {
  readonly #numbers: readonly number[];
  readonly #contrary: boolean;
  #next = 0;

  /** `contrary`: what does not fit, and who may not, is chosen often instead of now and then. */
  constructor(numbers: readonly number[], contrary = false) {
    this.#numbers = numbers;
    this.#contrary = contrary;
  }

  /** From 0 up to `bound`, exclusive. */
  below(bound: number): number {
    const number = this.#numbers[this.#next % this.#numbers.length] ?? 0;
    const round = Math.floor(this.#next / this.#numbers.length);
    this.#next += 1;
    return ((number + round * 7919) >>> 0) % Math.max(1, bound);
  }

  /** True once in `times`; the smallest numbers say no, so that shrinking leads to the ordinary case. */
  rarely(times: number): boolean {
    return this.below(times) === times - 1;
  }

  /** As `rarely`; of a contrary picker one time in three, so that mostly one thing is wrong and no other hides it. */
  oddly(times: number): boolean {
    return this.rarely(this.#contrary ? 3 : times);
  }

  one<Item>(items: readonly Item[]): Item | undefined {
    return items[this.below(items.length)];
  }

  /** One of those that fit, now and then any other; where none fits, mostly nothing. */
  mostly<Item>(items: readonly Item[], fits: (item: Item) => boolean): Item | undefined {
    const fitting = items.filter(fits);
    if (this.oddly(8)) return this.one(items);
    return this.one(fitting);
  }

  /** A part of an amount: from 1 to `most` minor units. */
  amount(most: bigint): bigint {
    const share = BigInt(this.below(10_000));
    return 1n + ((most - 1n) * share) / 10_000n;
  }
}
