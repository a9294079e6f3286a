import { z } from 'zod';
import { amountOrZero, id, shortText, timestamp } from '../../schemas';
import type { EarlySettlementSkeleton, HoldingSkeleton } from '../../skeletons';
import { submitVerb, type } from '../../verb';
import type { Created } from '../../verb';
import { certificate } from './shared';

/** What the obligor holds back for paying early, in minor units; sealed between obligor, owner and settler. */
export const earlySettlementTerms = z.strictObject({ discount: amountOrZero });
export type EarlySettlementTerms = z.infer<typeof earlySettlementTerms>;

const offer = z.strictObject({ holdingId: id, offerId: id });

/** Paying before the due date, holding by holding (finance.md, "Certificate: the obligation"). */
export const earlySettlingVerbs = {
  offerEarlySettlement: submitVerb({
    ...certificate,
    name: 'offerEarlySettlement',
    summary: 'The obligor offers the owner of a holding to pay before the due date, less a discount.',
    roles: ['obligor'],
    input: offer.extend({ expiresAt: timestamp }),
    sealed: earlySettlementTerms,
    openings: ['holding', 'earlySettlement'],
    endorsers: ['obligor', 'owner', 'settler'],
    result: type<Created<EarlySettlementSkeleton>>(),
  }),
  withdrawEarlySettlement: submitVerb({ ...certificate, name: 'withdrawEarlySettlement', summary: 'The obligor takes back an offer that was not accepted.', roles: ['obligor'], input: offer, endorsers: ['obligor', 'owner'], whileSuspended: true, result: type<EarlySettlementSkeleton>() }),
  refuseEarlySettlement: submitVerb({ ...certificate, name: 'refuseEarlySettlement', summary: 'The owner refuses to be paid early.', input: offer, endorsers: ['obligor', 'owner'], whileSuspended: true, result: type<EarlySettlementSkeleton>() }),
  acceptEarlySettlement: submitVerb({ ...certificate, name: 'acceptEarlySettlement', summary: 'The owner accepts to be paid early: the holding is locked until the settler confirms.', input: offer, endorsers: ['obligor', 'owner'], result: type<HoldingSkeleton>() }),
  confirmEarlySettlement: submitVerb({
    ...certificate,
    name: 'confirmEarlySettlement',
    summary: 'The settler confirms the early payment by a unique payment reference: the holding is redeemed.',
    roles: ['settler'],
    input: offer.extend({ paymentReference: shortText }),
    openings: ['holding', 'earlySettlement'],
    endorsers: ['settler', 'obligor', 'owner'],
    result: type<Created<HoldingSkeleton>>(),
  }),
  cancelEarlySettlement: submitVerb({ ...certificate, name: 'cancelEarlySettlement', summary: 'The obligor, or the owner after expiry, ends an early settlement that was not paid; the holding is as it was.', input: offer, endorsers: ['obligor', 'owner'], whileSuspended: true, result: type<HoldingSkeleton>() }),
} as const;
