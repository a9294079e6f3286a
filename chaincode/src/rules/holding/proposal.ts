import { DualchainError } from '@dualchain/model';
import type { Assignment, HoldingProposal, HoldingSkeleton, HoldingState, Transition } from '@dualchain/model';
import { outcomeOf, requireOver } from '../transition';
import { rowOf } from './holding';

/** Locks a holding under a proposal; it remembers the state that ending the proposal restores. */
export function openProposal(holding: HoldingSkeleton, row: Transition<HoldingState>, proposal: Omit<HoldingProposal, 'prior'>): HoldingSkeleton {
  return { ...holding, state: row.to, proposal: { ...proposal, prior: holding.proposal?.prior ?? holding.state } };
}

/** The holding exactly as it was before the proposal. */
export function restore(holding: HoldingSkeleton, row: Transition<HoldingState>): HoldingSkeleton {
  const { proposal, ...rest } = holding;
  if (proposal === undefined) throw new RangeError(`The holding ${holding.id} has no proposal to end.`);
  return { ...rest, state: outcomeOf(row, proposal.prior) };
}

/** The holding without its proposal, in the hands of a new owner. Its terms must be sealed anew for that owner. */
export function assign(holding: HoldingSkeleton, to: string, state: HoldingState, assignment: Omit<Assignment, 'from' | 'to'>): HoldingSkeleton {
  const { proposal: _ended, ...rest } = holding;
  return { ...rest, owner: to, state, tier: holding.tier + 1, assignments: [...holding.assignments, { from: holding.owner, to, ...assignment }] };
}

/** Anyone ends a proposal after its expiry; the holding is as it was before. Throws WRONG_STATE, NOT_YET. */
export function expireProposal(holding: HoldingSkeleton, verb: 'expireQuotes' | 'expireFinance' | 'expirePledge', caller: string, at: string): HoldingSkeleton {
  const row = rowOf(holding, verb, caller);
  requireOver(`The proposal on holding ${holding.id}`, holding.proposal?.expiresAt ?? '', at);
  return restore(holding, row);
}

/** A counterparty is neither the owner, nor the debtor, nor the settler, who must stay neutral. Throws INVALID_INPUT. */
export function requireCounterparty({ owner, obligor }: Pick<HoldingSkeleton, 'owner' | 'obligor'>, settler: string, counterparty: string): void {
  const part = counterparty === owner ? 'the owner itself' : counterparty === obligor ? 'the obligor, who settles at the due date instead' : counterparty === settler ? 'the settler, who attests its payments and must not own it' : undefined;
  if (part !== undefined) throw new DualchainError('INVALID_INPUT', `${counterparty} is ${part}; choose another organisation.`, { details: { mspId: counterparty } });
}
