import { DualchainError, earlySettlementTable } from '@dualchain/model';
import type { CertificateSkeleton, EarlySettlementSkeleton, EarlySettlementState, HoldingSkeleton, HoldingTerms, Transition } from '@dualchain/model';
import { requireActive, rowOf as holdingRow } from '../holding/holding';
import { openProposal, restore } from '../holding/proposal';
import { rangeOf, sizeOf } from '../holding/ranges';
import { requireNotExpired, requireTransition } from '../transition';
import type { PaidAmounts } from './settlement';

export interface EarlyOffer {
  readonly offerId: string;
  readonly expiresAt: string;
  readonly at: string;
}

/**
 * The obligor offers the owner of a holding to pay before the due date. Nothing is locked: the owner decides. Throws
 * NOT_A_PARTY, CERTIFICATE_NOT_ACTIVE, HOLDING_NOT_FREE, EXPIRED.
 */
export function offerEarlySettlement(certificate: CertificateSkeleton, holding: HoldingSkeleton, { offerId, expiresAt, at }: EarlyOffer, caller: string): Omit<EarlySettlementSkeleton, 'root'> {
  const { obligor, settler } = certificate;
  const { to } = requireTransition(earlySettlementTable, 'offerEarlySettlement', { id: offerId, state: null, parties: { obligor } }, caller);
  requireActive(certificate);
  if (holding.state !== 'free' && holding.state !== 'financed') throw new DualchainError('HOLDING_NOT_FREE', `The holding ${holding.id} is ${holding.state}; only a holding without an open proposal can be settled early.`, { details: { holdingId: holding.id, state: holding.state } });
  requireNotExpired('The offer', expiresAt, at);
  return { id: offerId, holdingId: holding.id, certificateId: certificate.id, obligor, owner: holding.owner, settler, state: to, offeredAt: at, expiresAt };
}

/** What an early settlement pays: something must be left after the discount. Throws AMOUNT_TOO_SMALL. */
export function requireDiscount(terms: HoldingTerms, discount: bigint): PaidAmounts {
  const amount = sizeOf(rangeOf(terms));
  if (discount >= amount) throw new DualchainError('AMOUNT_TOO_SMALL', 'The discount must be less than the amount of the holding.');
  return { amount, lateFee: 0n, discount };
}

/** Obligor or owner ends an offer that was not accepted; the holding is not concerned. Throws NOT_A_PARTY, WRONG_STATE. */
export function endEarlyOffer(offer: EarlySettlementSkeleton, verb: 'withdrawEarlySettlement' | 'refuseEarlySettlement', caller: string): EarlySettlementSkeleton {
  return { ...offer, state: rowOf(offer, verb, caller).to };
}

/** The owner accepts: its holding is locked until the settler confirms. `id` is the id of the transaction. Throws NOT_A_PARTY, WRONG_STATE, HOLDING_NOT_FREE, CERTIFICATE_NOT_ACTIVE, EXPIRED. */
export function acceptEarlySettlement(id: string, certificate: CertificateSkeleton, holding: HoldingSkeleton, offer: EarlySettlementSkeleton, caller: string, at: string): { holding: HoldingSkeleton; offer: EarlySettlementSkeleton } {
  const { to } = rowOf(offer, 'acceptEarlySettlement', caller);
  const row = holdingRow(holding, 'acceptEarlySettlement', caller, { wrongState: 'HOLDING_NOT_FREE' });
  requireActive(certificate);
  requireNotExpired(`The offer ${offer.id}`, offer.expiresAt, at);
  return { holding: openProposal(holding, row, { id, kind: 'early settlement', earlySettlementId: offer.id, expiresAt: offer.expiresAt, offeredAt: at }), offer: { ...offer, state: to } };
}

/**
 * The settler paid: the holding is redeemed. A certificate that fell due meanwhile does not stand in the way, because
 * money that was paid must be booked. Throws NOT_A_PARTY, WRONG_STATE.
 */
export function confirmEarlySettlement(holding: HoldingSkeleton, offer: EarlySettlementSkeleton, digest: string, caller: string): { holding: HoldingSkeleton; offer: EarlySettlementSkeleton } {
  const { to } = holdingRow(holding, 'confirmEarlySettlement', caller, { settler: offer.settler });
  const ended = rowOf(offer, 'confirmEarlySettlement', caller);
  requireAcceptedOn(holding, offer);
  const { proposal: _ended, ...rest } = holding;
  return { holding: { ...rest, state: to, redeemedBy: digest }, offer: { ...offer, state: ended.to } };
}

/** The obligor at any time (it is its money), the owner after expiry: the holding is as it was. Throws NOT_A_PARTY, WRONG_STATE, NOT_YET. */
export function cancelEarlySettlement(holding: HoldingSkeleton, offer: EarlySettlementSkeleton, caller: string, at: string): { holding: HoldingSkeleton; offer: EarlySettlementSkeleton } {
  const row = holdingRow(holding, 'cancelEarlySettlement', caller);
  const ended = rowOf(offer, 'cancelEarlySettlement', caller);
  requireAcceptedOn(holding, offer);
  if (caller !== holding.obligor && at < offer.expiresAt) throw new DualchainError('NOT_YET', `The early settlement of ${holding.id} stands until ${offer.expiresAt}, because money may be on its way; the obligor can end it before.`, { details: { expiresAt: offer.expiresAt, at } });
  return { holding: restore(holding, row), offer: { ...offer, state: ended.to } };
}

function rowOf({ id, state, obligor, owner, settler }: EarlySettlementSkeleton, verb: string, caller: string): Transition<EarlySettlementState> {
  return requireTransition(earlySettlementTable, verb, { id, state, parties: { obligor, owner, settler } }, caller);
}

function requireAcceptedOn({ id, proposal }: HoldingSkeleton, offer: EarlySettlementSkeleton): void {
  if (offer.holdingId !== id || proposal?.earlySettlementId !== offer.id) throw new DualchainError('WRONG_STATE', `The holding ${id} is not locked for the offer ${offer.id}.`, { details: { holdingId: id, offerId: offer.id } });
}
