import type { certificateVerbs, Created, EarlySettlementSkeleton, EarlySettlementTerms, HoldingSkeleton } from '@dualchain/model';
import { requireNotFrozen, requireSameContent } from '../../ledger';
import type { Call, CallOf, Handlers } from '../../ledger';
import { acceptEarlySettlement, cancelEarlySettlement, confirmEarlySettlement, endEarlyOffer, offerEarlySettlement, requireDiscount } from '../../rules/certificate/early-settlement';
import { paymentDigest, requireSamePayment } from '../../rules/finance/payment';
import { bookPayment } from './payments';
import { earlyOfferPolicy, holdingPolicy } from './policies';
import { proveTerms, requireHolding, requireSharedTerms, shareTerms } from './records';

type Verbs = typeof certificateVerbs;

/** Id of the sealed record of an offer to pay early. */
export function earlyOfferId(holdingId: string, offerId: string): string {
  return `${holdingId}/${offerId}`;
}

/** Paying a holding before the due date: offered, accepted, paid. */
export const earlySettlingHandlers = {
  /** Reads 6; writes 6: discount for three, terms for the settler, offer with its policy. */
  offerEarlySettlement: offer,
  /** Reads 4; writes 1. */
  withdrawEarlySettlement: (call) => endOffer(call, 'withdrawEarlySettlement'),
  /** Reads 4; writes 1. */
  refuseEarlySettlement: (call) => endOffer(call, 'refuseEarlySettlement'),
  /** Reads 11; writes 3. */
  acceptEarlySettlement: accept,
  /** Reads 12; writes 10. */
  confirmEarlySettlement: confirm,
  /** Reads 5; writes 3. */
  cancelEarlySettlement: cancel,
} satisfies Partial<Handlers<Verbs>>;

/** The obligor offers; nobody else learns the discount, and nothing of the holding changes. */
async function offer(call: CallOf<Verbs['offerEarlySettlement']>): Promise<Created<EarlySettlementSkeleton>> {
  const { state, sealed, input, content, caller, at } = call;
  const { holdingId, offerId, expiresAt } = input;
  const { holding, certificate } = await requireHolding(call, holdingId);
  const recordId = earlyOfferId(holdingId, offerId);
  const fieldsFor = (owner: string) => ({ holdingId, certificateId: certificate.id, obligor: certificate.obligor, owner, ...content });
  const standing = await state.get('earlySettlement', holdingId, offerId);
  if (standing !== undefined) {
    const same = standing.obligor === caller.mspId && (await sealed.holdsSame('earlySettlement', recordId, fieldsFor(standing.owner), [standing.obligor, standing.owner, standing.settler]));
    requireSameContent('earlySettlement', [holdingId, offerId], standing.expiresAt, expiresAt, same);
    return { ...standing, already: true };
  }
  const made = offerEarlySettlement(certificate, holding, { offerId, expiresAt, at }, caller.mspId);
  requireDiscount(await proveTerms(call, holding), BigInt(content.discount));
  const { root } = await sealed.seal('earlySettlement', recordId, fieldsFor(made.owner), [made.obligor, made.owner, made.settler]);
  await shareTerms(call, holdingId, [made.settler]);
  const skeleton = { ...made, root };
  await state.create('earlySettlement', [holdingId, offerId], skeleton, earlyOfferPolicy(holding));
  announce(call, null, skeleton.state, skeleton);
  return skeleton;
}

async function endOffer(call: Call<{ holdingId: string; offerId: string }>, verb: 'withdrawEarlySettlement' | 'refuseEarlySettlement'): Promise<EarlySettlementSkeleton> {
  const { state, input, caller } = call;
  const before = await state.require('earlySettlement', input.holdingId, input.offerId);
  const after = endEarlyOffer(before, verb, caller.mspId);
  await requireSharedOffer(call, before);
  await state.update('earlySettlement', [after.holdingId, after.id], after);
  announce(call, before.state, after.state, after);
  return after;
}

/** The owner accepts; endorsers compare the hashes of the offer without seeing it. */
async function accept(call: CallOf<Verbs['acceptEarlySettlement']>): Promise<HoldingSkeleton> {
  const { state, input, caller, at, transactionId } = call;
  const { holding: before, certificate } = await requireHolding(call, input.holdingId);
  const standing = await state.require('earlySettlement', input.holdingId, input.offerId);
  const next = acceptEarlySettlement(transactionId, certificate, before, standing, caller.mspId, at);
  await requireNotFrozen(call, certificate, [before]);
  await requireSharedTerms(call, before);
  await requireSharedOffer(call, standing);
  await state.update('holding', [before.id], next.holding, holdingPolicy(next.holding));
  await state.update('earlySettlement', [before.id, standing.id], next.offer);
  announce(call, before.state, next.holding.state, next.offer);
  return next.holding;
}

/** The settler confirms what it paid: the amount less the discount. */
async function confirm(call: CallOf<Verbs['confirmEarlySettlement']>): Promise<Created<HoldingSkeleton>> {
  const { state, sealed, input, caller } = call;
  const { holdingId, offerId, paymentReference } = input;
  const { holding: before, certificate } = await requireHolding(call, holdingId);
  const digest = paymentDigest(caller.mspId, paymentReference);
  const payment = { digest, settler: caller.mspId, purpose: 'early settlement', holdingIds: [holdingId], certificateId: certificate.id } as const;
  const standing = await state.get('payment', digest);
  if (standing !== undefined) {
    requireSamePayment(standing, payment);
    return { ...before, already: true };
  }
  const accepted = await state.require('earlySettlement', holdingId, offerId);
  const next = confirmEarlySettlement(before, accepted, digest, caller.mspId);
  await requireNotFrozen(call, certificate, [before]);
  const terms = await proveTerms(call, before);
  const { obligor, owner, settler } = accepted;
  const { discount } = await sealed.requireGenuine<EarlySettlementTerms>('earlySettlement', earlyOfferId(holdingId, offerId), [obligor, owner, settler]);
  await state.update('holding', [holdingId], next.holding, holdingPolicy(next.holding));
  await state.update('earlySettlement', [holdingId, offerId], next.offer);
  await bookPayment(call, { ...payment, paidTo: owner }, terms.currency, requireDiscount(terms, BigInt(discount)), { debtor: obligor, owner });
  announce(call, before.state, next.holding.state, next.offer);
  return next.holding;
}

/** Not paid: the holding is as it was before. Nothing private is written, so that no absent party can prevent it. */
async function cancel(call: CallOf<Verbs['cancelEarlySettlement']>): Promise<HoldingSkeleton> {
  const { state, input, caller, at } = call;
  const before = await state.require('holding', input.holdingId);
  const accepted = await state.require('earlySettlement', input.holdingId, input.offerId);
  const next = cancelEarlySettlement(before, accepted, caller.mspId, at);
  await requireSharedTerms(call, before);
  await state.update('holding', [before.id], next.holding, holdingPolicy(next.holding));
  await state.update('earlySettlement', [before.id, accepted.id], next.offer);
  announce(call, before.state, next.holding.state, next.offer);
  return next.holding;
}

async function requireSharedOffer({ sealed }: Pick<Call, 'sealed'>, { holdingId, id, obligor, owner, settler }: EarlySettlementSkeleton): Promise<void> {
  await sealed.requireShared('earlySettlement', earlyOfferId(holdingId, id), [obligor, owner, settler]);
}

function announce(call: Pick<Call, 'emit'>, from: string | null, to: string, { id, holdingId, certificateId }: EarlySettlementSkeleton): void {
  call.emit({ ids: { earlySettlement: id, holding: holdingId, certificate: certificateId }, from, to });
}
