import { z } from 'zod';
import { id, shortText } from '../../schemas';
import type { HoldingSkeleton } from '../../skeletons';
import { submitVerb, type } from '../../verb';
import type { Created } from '../../verb';
import { certificate, holdingOnly } from './shared';

/** Recourse on the seller of a holding whose certificate was defaulted (docs/claims.md, "Recourse"). The obligor may be gone for good: the authority endorses in its place. */
export const recoveringVerbs = {
  claimRecourse: submitVerb({ ...certificate, name: 'claimRecourse', summary: 'The owner of a holding that was financed with recourse turns to its seller.', input: holdingOnly, endorsers: ['owner', 'authority'], result: type<HoldingSkeleton>() }),
  withdrawRecourse: submitVerb({ ...certificate, name: 'withdrawRecourse', summary: 'The owner takes its claim of recourse back; the holding is as it was before.', input: holdingOnly, endorsers: ['owner', 'authority'], whileSuspended: true, result: type<HoldingSkeleton>() }),
  buyBack: submitVerb({
    ...certificate,
    name: 'buyBack',
    summary: 'The settler confirms by a unique payment reference that the seller bought the holding back: the seller is the owner.',
    roles: ['settler'],
    input: z.strictObject({ holdingId: id, paymentReference: shortText }),
    openings: ['holding'],
    endorsers: ['settler', 'seller', 'authority'],
    result: type<Created<HoldingSkeleton>>(),
  }),
} as const;
