/** Work that may run beside other work, unless they have something in common. */
export interface Flown<Result> {
  /** What it touches: nothing that touches one of these runs at the same time, and what came first goes first. */
  readonly keys: Iterable<string>;
  readonly run: () => Promise<Result>;
  /** Called in the order in which the work came, once all work before it has ended well. */
  readonly done: (result: Result) => Promise<void> | void;
}

/**
 * Runs work in the order in which it comes, several at once as long as they have nothing in common. The first failure
 * ends it: nothing new begins, and it is thrown when what was under way has settled.
 */
export class Flight<Result> {
  readonly #most: number;
  readonly #running = new Map<Promise<unknown>, ReadonlySet<string>>();
  /** Settles when all work so far is done; false: some of it failed. */
  #sound: Promise<boolean> = Promise.resolve(true);
  #failures: unknown[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  /** Resolves when the work has begun. Throws the first failure. */
  async add({ keys, run, done }: Flown<Result>): Promise<void> {
    const wanted = new Set(keys);
    while (this.#failures.length === 0 && (this.#running.size >= this.#most || [...this.#running.values()].some((others) => haveCommon(others, wanted)))) await Promise.race(this.#running.keys());
    if (this.#failures.length > 0) return this.end();
    const fail = (error: unknown): false => {
      this.#failures.push(error);
      return false;
    };
    const running = run().then((value) => ({ value }), fail);
    this.#running.set(running, wanted);
    void running.then(() => this.#running.delete(running));
    const before = this.#sound;
    this.#sound = running.then(async (outcome) => {
      if (!(await before) || outcome === false) return false;
      await done(outcome.value);
      return true;
    }).catch(fail);
  }

  /** Waits for what is under way. Throws the first failure. */
  async end(): Promise<void> {
    await Promise.all(this.#running.keys());
    await this.#sound;
    if (this.#failures.length > 0) throw this.#failures[0];
  }
}

function haveCommon(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const [few, many] = a.size < b.size ? [a, b] : [b, a];
  for (const key of few) if (many.has(key)) return true;
  return false;
}
