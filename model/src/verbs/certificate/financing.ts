import { z } from 'zod';
import { amount, amountOrZero, basisPoints, id, mspId, shortText, timestamp } from '../../schemas';
import type { HoldingSkeleton, QuoteSkeleton } from '../../skeletons';
import { submitVerb, type } from '../../verb';
import type { Created } from '../../verb';
import { certificate, holdingOnly } from './shared';

/** A financier's offer, sealed between owner and that financier. `payout` is what the owner gets, in minor units: the advance less interest and fee. */
export const quoteTerms = z.strictObject({ rateBps: basisPoints, advanceBps: z.int().min(1).max(10_000), fee: amountOrZero, payout: amount });
export type QuoteTerms = z.infer<typeof quoteTerms>;

/** Quotes, lock, pay-out (finance.md, "Holding"). */
export const financingVerbs = {
  requestQuotes: submitVerb({
    ...certificate,
    name: 'requestQuotes',
    summary: 'The owner asks chosen financiers for quotes; they can read the terms of the holding.',
    input: z.strictObject({ holdingId: id, financiers: z.array(mspId).min(1).max(10), recourse: z.enum(['with', 'without']), expiresAt: timestamp }),
    openings: ['holding'],
    endorsers: ['owner', 'obligor', 'financier'],
    result: type<HoldingSkeleton>(),
  }),
  withdrawQuotes: submitVerb({ ...certificate, name: 'withdrawQuotes', summary: 'The owner stops asking; the holding is free again and the quotes lapse.', input: holdingOnly, endorsers: ['owner', 'obligor'], whileSuspended: true, result: type<HoldingSkeleton>() }),
  submitQuote: submitVerb({
    ...certificate,
    name: 'submitQuote',
    summary: 'A financier quotes; price and conditions are sealed between it and the owner.',
    roles: ['financier'],
    input: z.strictObject({ holdingId: id, quoteId: id, expiresAt: timestamp }),
    sealed: quoteTerms,
    openings: ['holding'],
    endorsers: ['financier', 'owner'],
    result: type<Created<QuoteSkeleton>>(),
  }),
  declineQuote: submitVerb({
    ...certificate,
    name: 'declineQuote',
    summary: 'A financier that was asked says that it will not quote.',
    roles: ['financier'],
    input: z.strictObject({ holdingId: id, quoteId: id }),
    endorsers: ['financier', 'owner'],
    whileSuspended: true,
    result: type<Created<QuoteSkeleton>>(),
  }),
  withdrawQuote: submitVerb({ ...certificate, name: 'withdrawQuote', summary: 'A financier takes its own quote back before the owner accepted it.', roles: ['financier'], input: z.strictObject({ holdingId: id, quoteId: id }), endorsers: ['financier', 'owner'], whileSuspended: true, result: type<QuoteSkeleton>() }),
  expireQuotes: submitVerb({ ...certificate, name: 'expireQuotes', summary: 'Anyone ends a request for quotes after its expiry; the holding is as it was before.', input: holdingOnly, endorsers: ['owner', 'obligor'], whileSuspended: true, result: type<HoldingSkeleton>() }),
  acceptQuote: submitVerb({
    ...certificate,
    name: 'acceptQuote',
    summary: 'The owner accepts one quote: the holding is locked until the pay-out. The obligor never sees the quote.',
    input: z.strictObject({ holdingId: id, quoteId: id }),
    openings: ['holding'],
    endorsers: ['owner', 'obligor', 'financier'],
    result: type<HoldingSkeleton>(),
  }),
  openPayout: submitVerb({
    ...certificate,
    name: 'openPayout',
    summary: 'Owner or financier shows the accepted quote and the holding to the settler, who pays out.',
    input: z.strictObject({ holdingId: id, quoteId: id }),
    openings: ['holding', 'quote'],
    endorsers: ['owner', 'financier', 'settler'],
    result: type<HoldingSkeleton>(),
  }),
  confirmPayout: submitVerb({
    ...certificate,
    name: 'confirmPayout',
    summary: 'The settler confirms the pay-out by a unique payment reference: the financier becomes the owner.',
    roles: ['settler'],
    input: z.strictObject({ holdingId: id, quoteId: id, paymentReference: shortText, registrationReference: shortText }),
    openings: ['holding'],
    endorsers: ['settler', 'obligor', 'financier'],
    result: type<Created<HoldingSkeleton>>(),
  }),
  expireFinance: submitVerb({ ...certificate, name: 'expireFinance', summary: 'Anyone ends a finance that was not paid out before its quote expired; the holding is as it was before.', input: holdingOnly, endorsers: ['owner', 'obligor'], whileSuspended: true, result: type<HoldingSkeleton>() }),
  cancelFinance: submitVerb({ ...certificate, name: 'cancelFinance', summary: 'Owner or financier ends a finance that was not paid out; the holding is free again.', input: holdingOnly, endorsers: ['owner', 'obligor'], whileSuspended: true, result: type<HoldingSkeleton>() }),
} as const;
