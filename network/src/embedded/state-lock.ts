/**
 * Keeps simulations and commits of one peer apart, as Fabric does: simulations share the state, a commit waits for
 * those under way and holds new ones back, so that a simulation sees the state of one height.
 */
export class StateLock {
  #sharing = 0;
  #exclusive = false;
  readonly #commits: (() => void)[] = [];
  readonly #simulations: (() => void)[] = [];

  /** Resolves, with the release function, when no commit runs or waits. */
  async share(): Promise<() => void> {
    if (this.#exclusive || this.#commits.length > 0) await new Promise<void>((resolve) => this.#simulations.push(resolve));
    else this.#sharing += 1;
    let released = false;
    return () => {
      if (released) return;
      released = true;
      this.#sharing -= 1;
      this.#advance();
    };
  }

  /** Runs the task alone. */
  async exclusive(task: () => void): Promise<void> {
    if (this.#exclusive || this.#sharing > 0 || this.#commits.length > 0) await new Promise<void>((resolve) => this.#commits.push(resolve));
    else this.#exclusive = true;
    try {
      task();
    } finally {
      this.#exclusive = false;
      // Simulations that waited for this commit go before the next one.
      for (const resume of this.#simulations.splice(0)) {
        this.#sharing += 1;
        resume();
      }
      this.#advance();
    }
  }

  #advance(): void {
    if (this.#exclusive || this.#sharing > 0) return;
    const next = this.#commits.shift();
    if (next === undefined) return;
    this.#exclusive = true;
    next();
  }
}
