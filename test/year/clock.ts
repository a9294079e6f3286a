/** The clock of a year that takes minutes: everything in this process tells the time by it while it is in use. */
export class YearClock {
  readonly #real = globalThis.Date;
  #ahead = 0;

  constructor() {
    const now = () => this.now();
    globalThis.Date = new Proxy(this.#real, {
      construct: (target, args: unknown[], newTarget) => Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget) as Date,
      get: (target, name, receiver) => (name === 'now' ? now : (Reflect.get(target, name, receiver) as unknown)),
    });
  }

  /** Milliseconds since 1970: real time, and what was skipped. */
  now(): number {
    return this.#real.now() + this.#ahead;
  }

  /**
   * Skips the time until then. Only while no transaction is under way: peers refuse a proposal that was made at another
   * time than theirs, and deadlines of calls would pass. Throws RangeError where time would go back.
   */
  moveTo(moment: Date): void {
    const skipped = moment.getTime() - this.now();
    if (skipped < 0) throw new RangeError(`It is ${new this.#real(this.now()).toISOString()} already; the clock does not go back to ${moment.toISOString()}.`);
    this.#ahead += skipped;
  }

  /** Gives real time back. */
  stop(): void {
    globalThis.Date = this.#real;
  }
}
