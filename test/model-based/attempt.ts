import type { Dualchain } from '../../client/src';
import type { ErrorCode, StateTable } from '../../model/src';
import type { Actor, Slug } from '../support/network';
import type { Picker } from './picker';
import type { World } from './world';

/** A code that the time of the transaction decides on: `late` is for what comes at the moment or after it, `early` for what comes before it. */
export interface Timed {
  readonly code: ErrorCode;
  readonly when: 'late' | 'early';
  readonly at: number;
}

/** What must come of an attempt. */
export interface Verdict {
  /** Codes that are right; empty: it must succeed, but for the time. */
  readonly refusals: readonly ErrorCode[];
  /** Codes that are right, or not, by the time of the transaction, which is known to lie between the start and the end of the call. */
  readonly timed?: readonly Timed[];
  /** Codes that are right too, although it may succeed. */
  readonly perhaps?: readonly ErrorCode[];
}

/** One verb, tried by one user, with what the plain model says must come of it. */
export interface Attempt extends Verdict {
  readonly verb: string;
  /** Who tries it. */
  readonly by: Actor;
  /** What is tried, for the report of a failure. */
  readonly what: string;
  readonly call: (client: Dualchain) => Promise<unknown>;
  /** Changes the model as the ledger must have changed. */
  readonly apply: () => void;
}

/** A way to try a verb: picks objects, caller and figures, also such as must be refused; undefined where there is nothing to try it on. */
export interface Kind {
  readonly name: string;
  /** Verbs of the model that it tries; left out: the one of its name. */
  readonly verbs?: readonly string[];
  /** How often it is tried in comparison with the others. */
  readonly weight: number;
  readonly propose: (world: World, pick: Picker) => Attempt | undefined;
}

/** Codes for a caller that is not the one who may. A client without the sealed record gets no further than asking for it. */
const wrongCaller: readonly ErrorCode[] = ['NOT_A_PARTY', 'WRONG_ROLE', 'OPENING_REQUIRED'];
/** Codes for an object in another state than the table asks for. */
const wrongState: readonly ErrorCode[] = ['WRONG_STATE', 'HOLDING_NOT_FREE', 'CERTIFICATE_NOT_ACTIVE', 'INVOICE_ALREADY_ACCEPTED', 'INVOICE_ALREADY_USED', 'NEAR_DUPLICATE'];

/** How many reasons there are for a refusal with these codes. */
export function reasonsFor(codes: readonly ErrorCode[]): number {
  const left = new Set(codes);
  let reasons = 0;
  for (const group of [wrongCaller, wrongState]) {
    if (!group.every((code) => left.has(code))) continue;
    reasons += 1;
    for (const code of group) left.delete(code);
  }
  return reasons + left.size;
}

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

/** No objection. */
export const fine: Verdict = { refusals: [] };

/** Several objections together. */
export function all(...verdicts: readonly (Verdict | readonly ErrorCode[])[]): Required<Verdict> {
  const each = verdicts.map((verdict): Verdict => ('refusals' in verdict ? verdict : { refusals: verdict }));
  return { refusals: each.flatMap(({ refusals }) => refusals), timed: each.flatMap(({ timed = [] }) => timed), perhaps: each.flatMap(({ perhaps = [] }) => perhaps) };
}

/** What a deadline adds. `late`: the code is for what comes too late; `early`: for what comes too early. */
export function deadline(code: ErrorCode, when: Timed['when'], at: number): Verdict {
  return { refusals: [], timed: [{ code, when, at }] };
}

/** Adds a code if something is wrong. */
export function unless(fine: boolean, ...codes: readonly ErrorCode[]): readonly ErrorCode[] {
  return fine ? [] : codes;
}

/** Codes that are right for sure if the transaction has a time between these two, and all that may be. */
export function rightCodes({ refusals, timed = [], perhaps = [] }: Verdict, from: number, to: number): { readonly sure: readonly ErrorCode[]; readonly possible: readonly ErrorCode[] } {
  const surely = timed.filter(({ when, at }) => (when === 'late' ? from >= at : to < at));
  const maybe = timed.filter(({ when, at }) => (when === 'late' ? to >= at : from < at));
  return { sure: [...refusals, ...surely.map(({ code }) => code)], possible: [...refusals, ...perhaps, ...maybe.map(({ code }) => code)] };
}
