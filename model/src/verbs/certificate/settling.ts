import { z } from 'zod';
import { amount, amountOrZero, id, shortText } from '../../schemas';
import type { CertificateSkeleton, HoldingSkeleton } from '../../skeletons';
import { submitVerb, type } from '../../verb';
import type { Created } from '../../verb';
import { certificate, certificateOnly } from './shared';

/** Ended holdings of a certificate, which a tally counts and the close counts on. */
const ofEndedHoldings = {
  roles: ['obligor', 'settler'],
  input: z.strictObject({ certificateId: id, holdingIds: z.array(id).min(1).max(198) }),
  openings: ['certificate', 'holding', 'tally'],
  endorsers: ['obligor', 'settler'],
  whileSuspended: true,
  result: type<CertificateSkeleton>(),
} as const;

/** From the due date to the close (finance.md, "Certificate: the obligation"). */
export const settlingVerbs = {
  declareDue: submitVerb({ ...certificate, name: 'declareDue', summary: 'Anyone declares a certificate due once its time has come.', input: certificateOnly, endorsers: ['obligor', 'firstHolder'], whileSuspended: true, result: type<CertificateSkeleton>() }),
  declareOverdue: submitVerb({ ...certificate, name: 'declareOverdue', summary: 'Anyone declares a certificate overdue once the grace days are over; the obligor may be gone.', input: certificateOnly, endorsers: ['settler', 'authority'], whileSuspended: true, result: type<CertificateSkeleton>() }),
  declareDefault: submitVerb({
    ...certificate,
    name: 'declareDefault',
    summary: 'The owner of a live holding, or the authority by an order, declares an overdue certificate defaulted: recourse opens.',
    input: z.strictObject({ certificateId: id, holdingId: id.optional(), orderId: id.optional() }),
    endorsers: ['settler', 'authority'],
    whileSuspended: true,
    result: type<CertificateSkeleton>(),
  }),
  presentForSettlement: submitVerb({
    ...certificate,
    name: 'presentForSettlement',
    summary: 'The obligor opens live holdings of a due certificate to the settler; an owner may open its own.',
    input: z.strictObject({ certificateId: id, holdingIds: z.array(id).min(1).max(50) }),
    openings: ['certificate', 'holding'],
    endorsers: ['self', 'settler'],
    whileSuspended: true,
    result: type<CertificateSkeleton>(),
  }),
  settleHoldings: submitVerb({
    ...certificate,
    name: 'settleHoldings',
    summary: 'The settler attests that one owner was paid for its holdings: they are redeemed.',
    roles: ['settler'],
    input: z.strictObject({ certificateId: id, holdingIds: z.array(id).min(1).max(50), paymentReference: shortText }),
    sealed: z.strictObject({ lateFee: amountOrZero }),
    openings: ['holding'],
    endorsers: ['settler', 'obligor', 'owner'],
    result: type<Created<{ readonly holdings: readonly HoldingSkeleton[] }>>(),
  }),
  settlePart: submitVerb({
    ...certificate,
    name: 'settlePart',
    summary: 'The settler attests that the owner of a holding was paid for a part of it: that part is redeemed, the rest stays live.',
    roles: ['settler'],
    input: z.strictObject({ certificateId: id, holdingId: id, paidHoldingId: id, restHoldingId: id, paymentReference: shortText }),
    sealed: z.strictObject({ amount, lateFee: amountOrZero }),
    openings: ['holding'],
    endorsers: ['settler', 'obligor', 'owner'],
    result: type<Created<{ readonly parent: HoldingSkeleton; readonly paid: HoldingSkeleton; readonly rest: HoldingSkeleton }>>(),
  }),
  tallyCertificate: submitVerb({
    ...certificate,
    ...ofEndedHoldings,
    name: 'tallyCertificate',
    summary: 'Obligor or settler counts ended holdings of a certificate that has more of them than one transaction takes; the close goes on from there.',
  }),
  closeCertificate: submitVerb({
    ...certificate,
    ...ofEndedHoldings,
    name: 'closeCertificate',
    summary: 'Obligor or settler closes a certificate whose redeemed and netted holdings cover its whole face.',
  }),
} as const;
