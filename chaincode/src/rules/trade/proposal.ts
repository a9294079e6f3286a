import type { PartyName, StateTable, TradeProposal, Transition } from '@dualchain/model';
import { outcomeOf, requireNotExpired, requireOver, requireTransition } from '../transition';

/** An order or an invoice: two parties, and at most one open proposal of one to the other. */
interface Proposable<State extends string> {
  readonly id: string;
  readonly state: State;
  readonly obligor: string;
  readonly supplier: string;
  readonly proposal?: TradeProposal<string, State>;
}

/** What every proposal needs. */
export interface Offer {
  /** Id of the transaction. */
  readonly id: string;
  readonly expiresAt: string;
  readonly at: string;
}

/** The row for a verb; the parts are those of the two parties and of the open proposal. Throws NOT_A_PARTY, WRONG_STATE. */
export function rowOf<State extends string>(table: StateTable<State>, object: Proposable<State>, verb: string, caller: string): Transition<State> {
  const { id, state, obligor, supplier, proposal } = object;
  const parties: { readonly [party in PartyName]?: string | undefined } = { obligor, supplier, self: proposal?.proposer, receiver: proposal?.receiver };
  return requireTransition(table, verb, { id, state, parties }, caller);
}

/** Locks the object under a proposal to the other party; it remembers the state that ending it restores. Throws EXPIRED. */
export function propose<State extends string, Kind extends string>(object: Proposable<State>, row: Transition<State>, kind: Kind, { id, expiresAt, at }: Offer, proposer: string): { state: State; proposal: TradeProposal<Kind, State> } {
  requireNotExpired('The proposal', expiresAt, at);
  const receiver = proposer === object.obligor ? object.supplier : object.obligor;
  return { state: row.to, proposal: { id, kind, proposer, receiver, prior: object.state, proposedAt: at, expiresAt } };
}

/** Throws EXPIRED if the other party answers too late. */
export function requireTimely({ id, proposal }: Proposable<string>, at: string): void {
  requireNotExpired(`The change that is proposed for ${id}`, proposal?.expiresAt ?? '', at);
}

/** The object exactly as it was before the proposal: refused by the other, withdrawn by who proposed it, or ended by anyone after its expiry. Throws NOT_A_PARTY, WRONG_STATE, NOT_YET. */
export function restore<State extends string, T extends Proposable<State>>(table: StateTable<State>, object: T, verb: string, caller: string, at: string): Omit<T, 'proposal' | 'state'> & { state: State } {
  const row = rowOf(table, object, verb, caller);
  const { proposal, state: _locked, ...rest } = object;
  if (proposal === undefined) throw new RangeError(`${table.object} ${object.id} has no proposal to end.`);
  if (verb.startsWith('expire')) requireOver(`The change that is proposed for ${object.id}`, proposal.expiresAt, at);
  return { ...rest, state: outcomeOf(row, proposal.prior) };
}
