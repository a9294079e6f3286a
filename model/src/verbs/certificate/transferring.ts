import { z } from 'zod';
import { id, mspId, timestamp } from '../../schemas';
import type { HoldingSkeleton } from '../../skeletons';
import { submitVerb, type } from '../../verb';
import { certificate, holdingOnly } from './shared';

/** Passing a holding on to a supplier (finance.md, "Holding"). */
export const transferringVerbs = {
  offerTransfer: submitVerb({
    ...certificate,
    name: 'offerTransfer',
    summary: 'The owner offers a holding to a trading partner, who can then read its terms.',
    input: z.strictObject({ holdingId: id, receiver: mspId, tradeReference: z.strictObject({ type: z.enum(['order', 'invoice']), id }), expiresAt: timestamp }),
    openings: ['holding'],
    endorsers: ['owner', 'obligor', 'receiver'],
    result: type<HoldingSkeleton>(),
  }),
  acceptTransfer: submitVerb({ ...certificate, name: 'acceptTransfer', summary: 'The receiver accepts and becomes the owner; the obligor is notified by its endorsement.', input: holdingOnly, openings: ['holding'], endorsers: ['receiver', 'obligor'], result: type<HoldingSkeleton>() }),
  refuseTransfer: submitVerb({ ...certificate, name: 'refuseTransfer', summary: 'The receiver refuses; the holding is free again.', input: holdingOnly, endorsers: ['receiver', 'obligor'], whileSuspended: true, result: type<HoldingSkeleton>() }),
  withdrawTransfer: submitVerb({ ...certificate, name: 'withdrawTransfer', summary: 'The owner takes the offer back; the holding is free again.', input: holdingOnly, endorsers: ['owner', 'obligor'], whileSuspended: true, result: type<HoldingSkeleton>() }),
  expireTransfer: submitVerb({ ...certificate, name: 'expireTransfer', summary: 'Anyone ends an offer after its expiry; the holding is free again.', input: holdingOnly, endorsers: ['owner', 'obligor'], whileSuspended: true, result: type<HoldingSkeleton>() }),
} as const;
