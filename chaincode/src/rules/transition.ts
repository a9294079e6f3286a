import { DualchainError, transitionOf } from '@dualchain/model';
import type { ErrorCode, PartyName, StateTable, Transition } from '@dualchain/model';

/** The object that a verb is about to change, as its state table sees it. */
export interface Standing<State extends string> {
  readonly id: string;
  /** null: it does not exist yet. */
  readonly state: State | null;
  /** Which organisation plays which part in it. */
  readonly parties: { readonly [party in PartyName]?: string | readonly string[] | undefined };
}

/**
 * The row of the state table that lets `caller` do `verb` to the object. A state changes by such a row and by nothing
 * else. Throws NOT_A_PARTY and WRONG_STATE, or `wrongState` where the catalogue has a closer code.
 */
export function requireTransition<State extends string>(table: StateTable<State>, verb: string, standing: Standing<State>, caller: string, wrongState: ErrorCode = 'WRONG_STATE'): Transition<State> {
  const row = transitionOf(table, verb);
  const { object } = table;
  const { id, state, parties } = standing;
  const allowed = row.who.flatMap((party) => (party === 'anyone' ? [caller] : (parties[party] ?? [])));
  // Where the state itself leaves nobody who could do it (no open proposal, so no receiver), the state is what is wrong.
  const nobodyNow = allowed.length === 0 && !row.from.includes(state);
  if (!nobodyNow && !allowed.includes(caller)) throw new DualchainError('NOT_A_PARTY', `${verb} of ${object} ${id} is for ${row.who.join(' or ')} (${[...new Set(allowed)].join(', ') || 'nobody'}), not for ${caller}.`, { details: { object, id, caller, who: row.who } });
  if (!row.from.includes(state)) throw new DualchainError(wrongState, `${object} ${id} is ${state ?? 'not there'}; ${verb} needs it to be ${row.from.map((from) => from ?? 'new').join(' or ')}.`, { details: { object, id, state, needs: row.from } });
  return row;
}

/** The new state if the row allows it as an outcome. */
export function outcomeOf<State extends string>(row: Transition<State>, state: State): State {
  if (state !== row.to && !(row.or ?? []).includes(state)) throw new RangeError(`The row ${row.verb} has no outcome ${state}.`);
  return state;
}

/** Throws EXPIRED if the moment has passed. Times are ISO 8601 in UTC with milliseconds, so they compare as text. */
export function requireNotExpired(object: string, expiresAt: string, at: string): void {
  if (at >= expiresAt) throw new DualchainError('EXPIRED', `${object} expired at ${expiresAt}.`, { details: { expiresAt, at } });
}

/** Throws NOT_YET if the moment has not passed. */
export function requireOver(object: string, expiresAt: string, at: string): void {
  if (at < expiresAt) throw new DualchainError('NOT_YET', `${object} stands until ${expiresAt}.`, { details: { expiresAt, at } });
}
