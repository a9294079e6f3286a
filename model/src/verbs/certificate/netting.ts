import { z } from 'zod';
import { id, timestamp } from '../../schemas';
import type { HoldingSkeleton } from '../../skeletons';
import { submitVerb, type } from '../../verb';
import { certificate, holdingOnly } from './shared';

/** A claim goes back to its debtor in payment of a trade, and ends (finance.md, "Certificate: the obligation"). */
export const nettingVerbs = {
  offerNetting: submitVerb({
    ...certificate,
    name: 'offerNetting',
    summary: 'An owner that owes the obligor from a trade offers the holding in payment.',
    input: z.strictObject({ holdingId: id, tradeReference: z.strictObject({ type: z.enum(['order', 'invoice']), id }), expiresAt: timestamp }),
    endorsers: ['owner', 'obligor'],
    result: type<HoldingSkeleton>(),
  }),
  acceptNetting: submitVerb({ ...certificate, name: 'acceptNetting', summary: 'The obligor takes the holding in payment: debtor and creditor are one, the claim ends without money.', roles: ['obligor'], input: holdingOnly, endorsers: ['owner', 'obligor'], result: type<HoldingSkeleton>() }),
  refuseNetting: submitVerb({ ...certificate, name: 'refuseNetting', summary: 'The obligor refuses; the holding is as it was.', roles: ['obligor'], input: holdingOnly, endorsers: ['owner', 'obligor'], whileSuspended: true, result: type<HoldingSkeleton>() }),
  withdrawNetting: submitVerb({ ...certificate, name: 'withdrawNetting', summary: 'The owner takes the offer back; the holding is as it was.', input: holdingOnly, endorsers: ['owner', 'obligor'], whileSuspended: true, result: type<HoldingSkeleton>() }),
  expireNetting: submitVerb({ ...certificate, name: 'expireNetting', summary: 'Anyone ends an offer after its expiry; the holding is as it was.', input: holdingOnly, endorsers: ['owner', 'obligor'], whileSuspended: true, result: type<HoldingSkeleton>() }),
} as const;
