import type { Findings, Where } from './invariant';

const FULL = 10_000n;

/** One entry of a book, in millionths of the unit. */
export interface Entry {
  readonly unit: string;
  /** Undefined: something came or went that nobody counted. */
  readonly quantity: bigint | undefined;
}

interface Account {
  incoming: bigint;
  outgoing: bigint;
  /** How many entries there are; quantities may be zero. */
  comings: number;
  goings: number;
  /** Where more had gone than came, for the first time since it last added up. */
  over: Where | undefined;
}

/** What came and went of one lot at one place of accounting, by unit. */
class Book {
  readonly accounts = new Map<string, Account>();
  uncounted = 0;

  account(unit: string): Account {
    const account = this.accounts.get(unit) ?? { incoming: 0n, outgoing: 0n, comings: 0, goings: 0, over: undefined };
    this.accounts.set(unit, account);
    return account;
  }

  /** Whether what came of it is told in this unit, and all of it. */
  tells(unit: string): boolean {
    if (this.uncounted > 0) return false;
    let told = false;
    for (const [each, { comings }] of this.accounts) {
      if (comings === 0) continue;
      if (each !== unit) return false;
      told = true;
    }
    return told;
  }
}

/** A book of which more went than came. */
export interface Overdrawn {
  readonly name: string;
  readonly unit: string;
  readonly incoming: bigint;
  readonly outgoing: bigint;
  readonly where: Where;
}

/**
 * Books of goods: each has what came and what went, and is right while no more went than came. Totals, not days: events
 * come late and out of order, and what is short today may be put right by the next. A change costs the units of its book;
 * a report costs the books that are overdrawn.
 */
export class StockBooks {
  readonly #books = new Map<string, Book>();
  /** Books in which something went, by what is known of them. */
  readonly #standing = new Map<string, 'even' | 'over' | 'unknown'>();
  readonly #counts = { even: 0, over: 0, unknown: 0 };
  readonly #over = new Set<string>();

  /** Enters what came; `sign` -1n takes an entry back. */
  come(name: string, { unit, quantity }: Entry, sign: 1n | -1n, where: Where): void {
    this.#enter(name, where, (book) => {
      if (quantity === undefined) book.uncounted += Number(sign);
      else {
        const account = book.account(unit);
        account.incoming += sign * quantity;
        account.comings += Number(sign);
      }
    });
  }

  /** Enters what went; what nobody counted is at least nothing. */
  go(name: string, { unit, quantity = 0n }: Entry, sign: 1n | -1n, where: Where): void {
    this.#enter(name, where, (book) => {
      const account = book.account(unit);
      account.outgoing += sign * quantity;
      account.goings += Number(sign);
    });
  }

  /** Counts the books that add up and those of which the ledger does not tell what came; returns the others. */
  overdrawn(find: Findings, toleranceBps: bigint): Overdrawn[] {
    find.checked += this.#counts.even;
    find.hide(this.#counts.unknown);
    const found: Overdrawn[] = [];
    for (const name of this.#over) {
      for (const [unit, { incoming, outgoing, over }] of this.#books.get(name)?.accounts ?? []) {
        if (over === undefined) continue;
        if (outgoing * FULL <= incoming * (FULL + toleranceBps)) find.checked += 1;
        else found.push({ name, unit, incoming, outgoing, where: over });
      }
    }
    return found;
  }

  #enter(name: string, where: Where, change: (book: Book) => void): void {
    const book = this.#books.get(name) ?? new Book();
    this.#books.set(name, book);
    change(book);
    let over = false;
    for (const [unit, account] of book.accounts) {
      const short = account.goings > 0 && account.outgoing > account.incoming && book.tells(unit);
      if (!short) account.over = undefined;
      else account.over ??= where;
      over ||= short;
    }
    this.#stand(name, over ? 'over' : standingOf(book));
  }

  #stand(name: string, now: 'even' | 'over' | 'unknown' | undefined): void {
    const before = this.#standing.get(name);
    if (before === now) return;
    if (before !== undefined) this.#counts[before] -= 1;
    if (now === undefined) this.#standing.delete(name);
    else {
      this.#standing.set(name, now);
      this.#counts[now] += 1;
    }
    if (now === 'over') this.#over.add(name);
    else this.#over.delete(name);
  }
}

/** Of a book in which nothing is short; undefined while nothing went. */
function standingOf(book: Book): 'even' | 'unknown' | undefined {
  let went = false;
  for (const [unit, { goings }] of book.accounts) {
    if (goings === 0) continue;
    went = true;
    if (!book.tells(unit)) return 'unknown';
  }
  return went ? 'even' : undefined;
}
