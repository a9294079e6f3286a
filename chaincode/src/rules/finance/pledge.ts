import { DualchainError, loanTable, parseMinorUnits } from '@dualchain/model';
import type { CertificateSkeleton, HoldingSkeleton, HoldingTerms, LoanSkeleton, LoanState, PledgeLoanTerms } from '@dualchain/model';
import { requireActive, rowOf } from '../holding/holding';
import { assign, openProposal, requireCounterparty, restore } from '../holding/proposal';
import { rangeOf, sizeOf } from '../holding/ranges';
import { requireNotExpired, requireTransition } from '../transition';

/** What a loan is drafted with; its amounts are sealed. */
export interface LoanDraft extends Pick<LoanSkeleton, 'id' | 'financier' | 'loanDueAt'> {
  readonly at: string;
}

/** The owner drafts a loan against one free holding. Throws NOT_A_PARTY, HOLDING_NOT_FREE, CERTIFICATE_NOT_ACTIVE, INVALID_INPUT, EXPIRED. */
export function draftLoan(holding: HoldingSkeleton, { id, financier, loanDueAt, at }: LoanDraft, certificate: CertificateSkeleton, caller: string): Omit<LoanSkeleton, 'root'> {
  const { to } = requireTransition(loanTable, 'draftLoan', { id, state: null, parties: { owner: holding.owner } }, caller);
  rowOf(holding, 'offerPledge', caller, { wrongState: 'HOLDING_NOT_FREE' });
  requireActive(certificate);
  const { settler } = certificate;
  requireCounterparty(holding, settler, financier);
  requireNotExpired('The loan', loanDueAt, at);
  return { id, holdingId: holding.id, certificateId: certificate.id, owner: holding.owner, financier, settler, state: to, loanDueAt, draftedAt: at };
}

/** The principal is at most what secures it. Throws AMOUNT_MISMATCH; it names no figure. */
export function requireSecured({ principal }: PledgeLoanTerms, terms: HoldingTerms): void {
  if (parseMinorUnits(principal) > sizeOf(rangeOf(terms))) throw new DualchainError('AMOUNT_MISMATCH', 'The principal is more than the holding that secures it; lend less, or against a larger holding.');
}

/**
 * The owner offers the holding as security. `id` is the id of the transaction. Throws NOT_A_PARTY, HOLDING_NOT_FREE,
 * CERTIFICATE_NOT_ACTIVE, EXPIRED, WRONG_STATE.
 */
export function offerPledge(id: string, holding: HoldingSkeleton, loan: LoanSkeleton, certificate: CertificateSkeleton, expiresAt: string, caller: string, at: string): HoldingSkeleton {
  const row = rowOf(holding, 'offerPledge', caller, { wrongState: 'HOLDING_NOT_FREE' });
  requireActive(certificate);
  requireNotExpired('The offer of the pledge', expiresAt, at);
  requireNotExpired(`The loan ${loan.id}`, loan.loanDueAt, at);
  if (loan.holdingId !== holding.id || loan.owner !== holding.owner) throw new DualchainError('WRONG_STATE', `The loan ${loan.id} was drafted by ${loan.owner} against holding ${loan.holdingId}; draft one for this holding.`, { details: { object: 'loan', id: loan.id, holdingId: loan.holdingId, owner: loan.owner } });
  if (loan.state !== 'drafted') throw new DualchainError('WRONG_STATE', `The loan ${loan.id} was paid out before; draft another one.`, { details: { object: 'loan', id: loan.id, state: loan.state } });
  return openProposal(holding, row, { id, kind: 'pledge', financier: loan.financier, loanId: loan.id, loanDueAt: loan.loanDueAt, expiresAt, offeredAt: at });
}

/** The financier accepts and will pay the loan out. Throws NOT_A_PARTY, WRONG_STATE, EXPIRED, CERTIFICATE_NOT_ACTIVE. */
export function acceptPledge(holding: HoldingSkeleton, certificate: CertificateSkeleton, caller: string, at: string): HoldingSkeleton {
  const row = rowOf(holding, 'acceptPledge', caller);
  requireNotExpired(`The offered pledge of holding ${holding.id}`, holding.proposal?.expiresAt ?? '', at);
  requireActive(certificate);
  return { ...holding, state: row.to };
}

/** The financier refuses or gives up, the owner takes back what was not accepted, or the loan was repaid: exactly as before. Throws NOT_A_PARTY, WRONG_STATE. */
export function endPledge(holding: HoldingSkeleton, verb: 'refusePledge' | 'withdrawPledge' | 'releasePledge', caller: string): HoldingSkeleton {
  return restore(holding, rowOf(holding, verb, caller));
}

/**
 * The settler paid the loan out: control moves to the financier, ownership does not. Like any money that was paid, it is
 * booked even if the certificate fell due meanwhile. Throws NOT_A_PARTY, WRONG_STATE, CERTIFICATE_NOT_ACTIVE.
 */
export function confirmLoan(holding: HoldingSkeleton, loan: LoanSkeleton, certificate: CertificateSkeleton, registrationReference: string, caller: string, at: string): { holding: HoldingSkeleton; loan: LoanSkeleton } {
  const { settler } = certificate;
  const row = rowOf(holding, 'confirmLoan', caller, { settler });
  const { proposal } = holding;
  if (proposal?.loanId !== loan.id) throw new DualchainError('WRONG_STATE', `The holding ${holding.id} is locked for another loan than ${loan.id}.`, { details: { object: 'loan', id: loan.id } });
  const { to } = requireTransition(loanTable, 'confirmLoan', { id: loan.id, state: loan.state, parties: { settler } }, caller);
  if (certificate.state !== 'due') requireActive(certificate);
  return { holding: { ...holding, state: row.to, proposal: { ...proposal, registeredAt: at, registrationReference } }, loan: { ...loan, state: to } };
}

/**
 * The loan is due and was not repaid: the financier is the owner, without recourse; its priority is that of the pledge,
 * which was registered when the loan was paid out. Throws NOT_A_PARTY, WRONG_STATE, NOT_YET, CERTIFICATE_NOT_ACTIVE.
 */
export function enforcePledge(holding: HoldingSkeleton, certificate: CertificateSkeleton, caller: string, at: string): HoldingSkeleton {
  const row = rowOf(holding, 'enforcePledge', caller);
  const { loanDueAt = '', registeredAt = at, registrationReference = '', loanId } = holding.proposal ?? {};
  if (at < loanDueAt) throw new DualchainError('NOT_YET', `The loan ${loanId ?? ''} is to be repaid by ${loanDueAt}; its pledge can be enforced from then on.`, { details: { loanDueAt, at } });
  if (certificate.state !== 'due') requireActive(certificate);
  return assign(holding, caller, row.to, { assignedAt: at, notifiedAt: at, registeredAt, registrationReference });
}

/** Who is paid for a holding: its owner; while it is pledged the financier, for the owner's account, because control is with it. */
export function payeeOf({ owner, state, proposal }: Pick<HoldingSkeleton, 'owner' | 'state' | 'proposal'>): string {
  return state === 'pledged' ? (proposal?.financier ?? owner) : owner;
}

/** The state of a loan, derived from its holding: it ends when the pledge does, by repayment, enforcement or settlement. */
export function loanStateNow(loan: LoanSkeleton, { state, proposal }: Pick<HoldingSkeleton, 'state' | 'proposal'>): LoanState {
  return loan.state === 'paid out' && !(state === 'pledged' && proposal?.loanId === loan.id) ? 'ended' : loan.state;
}
