import { certificateTable, DualchainError, disputeTable, parseMinorUnits } from '@dualchain/model';
import type { CertificateDispute, CertificateSkeleton, DisputeEffect, DisputeReason, DisputeSkeleton, HoldingSkeleton, HoldingTerms } from '@dualchain/model';
import { rowOf as holdingRow } from '../holding/holding';
import { openProposal, restore } from '../holding/proposal';
import { rangeOf, requireCover } from '../holding/ranges';
import { outcomeOf, requireTransition } from '../transition';

const DAY = 86_400_000;
/** Days that an obligor may hold a claim up without an order of the authority. */
export const MAX_DISPUTE_DAYS = 30;

/** States in which a holding of the first supplier is in nobody else's interest. */
const untouched: readonly string[] = ['free', 'transfer offered', 'quotes open'];

export interface Opening {
  readonly id: string;
  readonly reason: DisputeReason;
  readonly endsAt: string;
  readonly at: string;
}

export interface ProvedHolding {
  readonly holding: HoldingSkeleton;
  readonly terms: HoldingTerms;
}

/** A dispute and the certificate as it is from then on. */
export interface Disputed {
  readonly certificate: CertificateSkeleton;
  readonly dispute: DisputeSkeleton;
}

/**
 * The obligor disputes. With `holdings` it proves that all units are still with the first supplier, and the certificate
 * is suspended; without, the certificate is flagged and goes on as it is, whoever holds it.
 * Throws NOT_A_PARTY, WRONG_STATE, EXPIRED, TENOR_EXCEEDED, AMOUNT_MISMATCH, DISPUTED.
 */
export function disputeCertificate(certificate: CertificateSkeleton, opening: Opening, claim: { readonly face: bigint; readonly amount: string }, holdings: readonly ProvedHolding[], caller: string): Disputed {
  const { id, obligor, supplier } = certificate;
  const row = requireTransition(certificateTable, 'disputeCertificate', { id, state: certificate.state, parties: certificate }, caller);
  const effect: DisputeEffect = holdings.length === 0 ? 'flags' : 'suspends';
  const latest = new Date(Date.parse(opening.at) + MAX_DISPUTE_DAYS * DAY).toISOString();
  if (opening.endsAt > latest) throw new DualchainError('TENOR_EXCEEDED', `A dispute ends within ${MAX_DISPUTE_DAYS} days; the latest end is ${latest}.`, { details: { endsAt: opening.endsAt, latest } });
  if (parseMinorUnits(claim.amount) > claim.face) throw new DualchainError('AMOUNT_MISMATCH', `The claim is more than the face of the certificate ${id}; claim at most that.`, { details: { certificateId: id } });
  const dispute = open(certificate, opening, 'disputeCertificate', effect, caller);
  if (effect === 'suspends') requireWithSupplier(holdings, supplier, claim.face);
  return { dispute: { ...dispute, obligor }, certificate: { ...certificate, state: outcomeOf(row, effect === 'suspends' ? 'disputed' : 'active'), dispute: markOf(dispute) } };
}

/** The authority suspends a certificate by an order, whoever holds it. Throws NOT_A_PARTY, WRONG_STATE, EXPIRED, DISPUTED. */
export function suspendCertificate(certificate: CertificateSkeleton, opening: Opening, caller: string): Disputed {
  const { to } = requireTransition(certificateTable, 'suspendCertificate', { id: certificate.id, state: certificate.state, parties: certificate }, caller);
  const dispute = { ...open(certificate, opening, 'suspendCertificate', 'suspends', caller), orderId: opening.id };
  return { dispute, certificate: { ...certificate, state: to, dispute: markOf(dispute) } };
}

/**
 * The dispute is over without cancellation. Who opened it may end it, the authority by an order, anyone once its end has
 * come. What an authority opened, the obligor cannot end. Throws NOT_A_PARTY, WRONG_STATE, INVALID_INPUT, NOT_YET.
 */
export function resolveDispute({ certificate, dispute }: Disputed, orderId: string | undefined, caller: string, at: string): Disputed {
  const { id, authority } = certificate;
  const { to } = requireTransition(disputeTable, 'resolveDispute', { id: dispute.id, state: dispute.state, parties: {} }, caller);
  const ordered = caller === authority;
  if (ordered && orderId === undefined) throw new DualchainError('INVALID_INPUT', 'Name the order by which the authority ends the dispute.', { details: { issues: [{ path: 'orderId', rule: 'is required of an authority' }] } });
  if (!ordered && orderId !== undefined) throw new DualchainError('NOT_A_PARTY', `Only the authority of the certificate ${id} gives orders on it; leave orderId out.`, { details: { certificateId: id, caller } });
  if (!ordered && caller !== dispute.author && at < dispute.endsAt) throw new DualchainError('NOT_YET', `The dispute ${dispute.id} of the certificate ${id} can be ended by ${[...new Set([dispute.author, ...(authority === undefined ? [] : [authority])])].join(' or ')}, and by anyone from ${dispute.endsAt} on.`, { details: { endsAt: dispute.endsAt, at } });
  return { certificate: certificate.dispute?.id === dispute.id ? goneOn(certificate, caller) : certificate, dispute: { ...dispute, state: to, endedAt: at, ...(orderId === undefined ? {} : { endedBy: orderId }) } };
}

/** The certificate without its dispute. One whose end has come gives way to the next, so that the certificate may stand under another by the time it is taken down. */
function goneOn({ dispute: _over, ...certificate }: CertificateSkeleton, caller: string): CertificateSkeleton {
  const { id, state } = certificate;
  return { ...certificate, state: state === 'disputed' ? requireTransition(certificateTable, 'resolveDispute', { id, state, parties: {} }, caller).to : state };
}

/** The authority orders that a suspended certificate be cancelled. Throws NOT_A_PARTY, WRONG_STATE. */
export function orderCancellation({ certificate, dispute }: Disputed, orderId: string, caller: string): Disputed {
  requireTransition(disputeTable, 'orderCancellation', { id: dispute.id, state: dispute.state, parties: certificate }, caller);
  return { dispute, certificate: { ...certificate, dispute: { ...suspension(certificate), cancellationOrder: orderId } } };
}

/** An owner agrees that its units are given up if all other owners agree too; it can take that back. Throws NOT_A_PARTY, WRONG_STATE. */
export function agreeCancellation(certificate: CertificateSkeleton, holding: HoldingSkeleton, id: string, caller: string, at: string): HoldingSkeleton {
  const row = holdingRow(holding, 'agreeCancellation', caller);
  requireSameCertificate(certificate, holding);
  const { id: disputeId, endsAt } = suspension(certificate);
  return openProposal(holding, row, { id, kind: 'cancellation', disputeId, expiresAt: endsAt, offeredAt: at });
}

/** The holding as it was before its owner agreed: by the owner, or by anyone once that dispute is over. Throws WRONG_STATE, NOT_YET. */
export function endAgreement(certificate: CertificateSkeleton, holding: HoldingSkeleton, caller: string, at: string): HoldingSkeleton {
  const row = holdingRow(holding, 'endAgreement', caller);
  const { state, dispute } = certificate;
  const standing = state === 'disputed' && dispute?.id === holding.proposal?.disputeId && dispute !== undefined && at < dispute.endsAt;
  if (caller !== holding.owner && standing) throw new DualchainError('NOT_YET', `The dispute ${dispute.id} stands until ${dispute.endsAt}; until then only ${holding.owner} takes its agreement back.`, { details: { endsAt: dispute.endsAt, at } });
  return restore(holding, row);
}

/**
 * The obligor cancels a suspended certificate with all its units: every owner agreed, or (`executeCancellation`) the
 * authority ordered it and all units are still with the first supplier.
 * Throws NOT_A_PARTY, WRONG_STATE, EXPIRED, AMOUNT_MISMATCH.
 */
export function cancelDisputed({ certificate, dispute }: Disputed, verb: 'cancelCertificate' | 'executeCancellation', face: bigint, proved: readonly ProvedHolding[], caller: string, at: string): Disputed & { readonly holdings: HoldingSkeleton[] } {
  const { id, supplier } = certificate;
  const { to } = requireTransition(certificateTable, verb, { id, state: certificate.state, parties: certificate }, caller);
  const mark = suspension(certificate);
  if (verb === 'executeCancellation' && mark.cancellationOrder === undefined) throw new DualchainError('WRONG_STATE', `The authority has not ordered that the certificate ${id} be cancelled.`, { details: { object: 'certificate', id } });
  if (verb === 'cancelCertificate' && at >= mark.endsAt) throw new DualchainError('EXPIRED', `The dispute ${mark.id} ended at ${mark.endsAt}.`, { details: { endsAt: mark.endsAt, at } });
  const holdings = proved.map(({ holding }) => {
    const row = holdingRow(holding, verb, caller);
    requireSameCertificate(certificate, holding);
    if (verb === 'cancelCertificate' && holding.proposal?.disputeId !== mark.id) throw new DualchainError('WRONG_STATE', `${holding.owner} agreed to another dispute than ${mark.id}; it must agree again.`, { details: { object: 'holding', id: holding.id } });
    const { proposal: _ended, ...rest } = holding;
    return { ...rest, state: row.to };
  });
  if (verb === 'executeCancellation') requireOwnedBy(proved, supplier);
  requireCover(proved.map(({ terms }) => rangeOf(terms)), face);
  const ended = requireTransition(disputeTable, verb, { id: dispute.id, state: dispute.state, parties: certificate }, caller);
  return { holdings, certificate: { ...certificate, state: to }, dispute: { ...dispute, state: ended.to, endedAt: at, ...(mark.cancellationOrder === undefined ? {} : { endedBy: mark.cancellationOrder }) } };
}

/** A disputed claim takes no new finance, whoever holds it. Throws DISPUTED. */
export function requireUndisputed({ id, dispute }: Pick<CertificateSkeleton, 'id' | 'dispute'>, at: string): void {
  if (dispute === undefined || at >= dispute.endsAt) return;
  throw new DualchainError('DISPUTED', `The certificate ${id} is disputed by ${dispute.author} (${dispute.id}) until ${dispute.endsAt}: it takes no new finance before the dispute ends.`, { details: { certificateId: id, disputeId: dispute.id, endsAt: dispute.endsAt } });
}

/** What the opening fixed, to tell the same dispute opened twice from another one under its id. */
export function openedContent({ id, certificateId, author, effect, reason, endsAt }: DisputeSkeleton): Record<string, unknown> {
  return { id, certificateId, author, effect, reason, endsAt };
}

function open(certificate: CertificateSkeleton, { id, reason, endsAt, at }: Opening, verb: string, effect: DisputeEffect, caller: string): DisputeSkeleton {
  const { id: certificateId, obligor, supplier } = certificate;
  const { to } = requireTransition(disputeTable, verb, { id, state: null, parties: certificate }, caller);
  if (endsAt <= at) throw new DualchainError('EXPIRED', `The dispute ${id} would end at ${endsAt}, which is past; name a later end.`, { details: { endsAt, at } });
  requireUndisputed(certificate, at);
  return { id, certificateId, obligor, supplier, author: caller, state: to, effect, reason, openedAt: at, endsAt };
}

function markOf({ id, author, effect, endsAt }: DisputeSkeleton): CertificateDispute {
  return { id, author, effect, endsAt };
}

/** Throws WRONG_STATE unless an open dispute suspends the certificate. */
function suspension({ id, state, dispute }: CertificateSkeleton): CertificateDispute {
  if (state !== 'disputed' || dispute === undefined) throw new DualchainError('WRONG_STATE', `The certificate ${id} is ${state}, not suspended by a dispute.`, { details: { object: 'certificate', id, state } });
  return dispute;
}

function requireWithSupplier(holdings: readonly ProvedHolding[], supplier: string, face: bigint): void {
  requireOwnedBy(holdings, supplier);
  const taken = holdings.find(({ holding }) => !untouched.includes(holding.state));
  if (taken !== undefined) throw new DualchainError('WRONG_STATE', `The holding ${taken.holding.id} is ${taken.holding.state}: dispute the certificate without naming holdings, which flags it.`, { details: { object: 'holding', id: taken.holding.id, state: taken.holding.state } });
  requireCover(holdings.map(({ terms }) => rangeOf(terms)), face);
}

function requireOwnedBy(holdings: readonly ProvedHolding[], supplier: string): void {
  const sold = holdings.find(({ holding }) => holding.owner !== supplier);
  if (sold !== undefined) throw new DualchainError('WRONG_STATE', `The holding ${sold.holding.id} is no longer with ${supplier}, the first supplier: what a third party holds is never reduced by a dispute. Dispute the certificate without naming holdings, which flags it.`, { details: { object: 'holding', id: sold.holding.id, state: sold.holding.state } });
}

function requireSameCertificate({ id }: CertificateSkeleton, holding: HoldingSkeleton): void {
  if (holding.certificateId !== id) throw new DualchainError('INVALID_INPUT', `The holding ${holding.id} belongs to the certificate ${holding.certificateId}, not to ${id}.`, { details: { holdingId: holding.id, certificateId: holding.certificateId } });
}
