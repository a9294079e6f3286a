import type { Dualchain } from '../../client/src';
import type { ErrorCode, StateTable } from '../../model/src';
import type { Slug, User } from '../support/network';
import type { World } from './world';

/** Who tries something. */
export interface Actor {
  readonly slug: Slug;
  readonly user: User;
}

/** One verb, tried by one user, with what the plain model says must come of it. */
export interface Attempt {
  readonly verb: string;
  readonly by: Actor;
  /** What is tried, for the report of a failure. */
  readonly what: string;
  /** Codes that are right; empty: it must succeed. */
  readonly refusals: readonly ErrorCode[];
  /** Codes that are right too although it may succeed, because the moment decides. */
  readonly perhaps?: readonly ErrorCode[];
  readonly call: (client: Dualchain) => Promise<unknown>;
  /** Changes the model as the ledger must have changed. */
  readonly apply: () => void;
}

/** A way to try a verb: picks objects, caller and figures, also such as must be refused; undefined where there is nothing to try it on. */
export interface Kind {
  readonly name: string;
  /** How often it is tried in comparison with the others. */
  readonly weight: number;
  readonly propose: (world: World, pick: Picker) => Attempt | undefined;
}

/** Turns the random numbers of one step into choices, so that a failing sequence can be shrunk and played again. */
export class Picker {
  readonly #numbers: readonly number[];
  #next = 0;

  constructor(numbers: readonly number[]) {
    this.#numbers = numbers;
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

  one<Item>(items: readonly Item[]): Item | undefined {
    return items[this.below(items.length)];
  }

  /** One of those that fit, now and then any other; where none fits, mostly nothing. */
  mostly<Item>(items: readonly Item[], fits: (item: Item) => boolean): Item | undefined {
    const fitting = items.filter(fits);
    if (this.rarely(8)) return this.one(items);
    return this.one(fitting);
  }

  /** A part of an amount: from 1 to `most` minor units. */
  amount(most: bigint): bigint {
    const share = BigInt(this.below(10_000));
    return 1n + ((most - 1n) * share) / 10_000n;
  }
}

/** Codes for a caller that is not the one who may. A client without the sealed record gets no further than asking for it. */
const wrongCaller: readonly ErrorCode[] = ['NOT_A_PARTY', 'WRONG_ROLE', 'OPENING_REQUIRED'];
/** Codes for an object in another state than the table asks for. */
const wrongState: readonly ErrorCode[] = ['WRONG_STATE', 'HOLDING_NOT_FREE', 'CERTIFICATE_NOT_ACTIVE', 'INVOICE_ALREADY_ACCEPTED', 'INVOICE_ALREADY_USED', 'NEAR_DUPLICATE'];

/** The state table alone: codes that may answer `slug` doing `verb` to an object in `state`; empty if a row allows it. */
export function ruling<State extends string>(table: StateTable<State>, verb: string, state: State | null, parties: Readonly<Record<string, Slug | readonly Slug[] | undefined>>, slug: Slug): ErrorCode[] {
  const rows = table.transitions.filter((row) => row.verb === verb);
  if (rows.length === 0) throw new RangeError(`The table of ${table.object} has no row for ${verb}.`);
  const allowed = rows.flatMap((row) => row.who.flatMap((party) => (party === 'anyone' ? [slug] : [parties[party] ?? []].flat())));
  const codes: ErrorCode[] = [];
  if (!allowed.includes(slug)) codes.push(...wrongCaller);
  if (!rows.some((row) => row.from.includes(state))) codes.push(...wrongState);
  return codes;
}

/** Milliseconds around a deadline in which the clocks of client and ledger may disagree. */
const BLUR = 1_500;

/** Codes that are right for sure, and codes that may be. */
export interface Verdict {
  readonly refusals: readonly ErrorCode[];
  readonly perhaps: readonly ErrorCode[];
}

/** No objection. */
export const fine: Verdict = { refusals: [], perhaps: [] };

/** Several objections together. */
export function all(...verdicts: readonly (Verdict | readonly ErrorCode[])[]): Verdict {
  const each = verdicts.map((verdict) => ('refusals' in verdict ? verdict : { refusals: verdict, perhaps: [] }));
  return { refusals: each.flatMap(({ refusals }) => refusals), perhaps: each.flatMap(({ perhaps }) => perhaps) };
}

/** What a deadline adds: `code` for sure, perhaps, or not. `after`: the code is for what comes too late; else for what comes too early. */
export function deadline(code: ErrorCode, when: 'late' | 'early', at: number): Verdict {
  const now = Date.now();
  if (Math.abs(now - at) < BLUR) return { refusals: [], perhaps: [code] };
  const refused = when === 'late' ? now >= at : now < at;
  return { refusals: refused ? [code] : [], perhaps: [] };
}

/** Adds a code if something is wrong. */
export function unless(fine: boolean, ...codes: readonly ErrorCode[]): readonly ErrorCode[] {
  return fine ? [] : codes;
}
