import type { PartyName } from '../verb';

/** One row of a state table: the only way an object may change its state. */
export interface Transition<State extends string = string> {
  /** States it may start from; null: the object does not exist yet. */
  readonly from: readonly (State | null)[];
  readonly verb: string;
  /** Parties whose organisation may do it; `anyone`: any active member. */
  readonly who: readonly (PartyName | 'anyone')[];
  readonly to: State;
  /** Other outcomes that the rule may compute; `requires` says when. */
  readonly or?: readonly State[];
  /** What else must hold, for the documents; the rule of the same name checks it. */
  readonly requires: string;
}

export interface StateTable<State extends string = string> {
  readonly object: string;
  readonly transitions: readonly Transition<State>[];
}

/** Writes a row: from, verb, who, to, what else must hold, other outcomes. */
export function row<State extends string>(from: readonly (State | null)[], verb: string, who: Transition['who'], to: State, requires = '', or: readonly State[] = []): Transition<State> {
  return { from, verb, who, to, requires, ...(or.length === 0 ? {} : { or }) };
}

/** The row for a verb. A verb without a row is a programming error, found by the tests of the tables. */
export function transitionOf<State extends string>(table: StateTable<State>, verb: string): Transition<State> {
  const row = table.transitions.find((transition) => transition.verb === verb);
  if (row === undefined) throw new RangeError(`The state table of ${table.object} has no row for ${verb}.`);
  return row;
}
