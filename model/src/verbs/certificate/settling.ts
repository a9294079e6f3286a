import { z } from 'zod';
import { id, shortText } from '../../schemas';
import type { CertificateSkeleton, HoldingSkeleton } from '../../skeletons';
import { submitVerb, type } from '../../verb';
import type { Created } from '../../verb';
import { certificate, certificateOnly } from './shared';

/** From the due date to the close (finance.md, "Certificate: the obligation"). */
export const settlingVerbs = {
  declareDue: submitVerb({ ...certificate, name: 'declareDue', summary: 'Anyone declares a certificate due once its time has come.', input: certificateOnly, endorsers: ['obligor', 'firstHolder'], result: type<CertificateSkeleton>() }),
  presentForSettlement: submitVerb({
    ...certificate,
    name: 'presentForSettlement',
    summary: 'The obligor opens live holdings of a due certificate to the settler.',
    roles: ['obligor'],
    input: z.strictObject({ certificateId: id, holdingIds: z.array(id).min(1).max(50) }),
    openings: ['certificate', 'holding'],
    endorsers: ['obligor', 'settler'],
    result: type<CertificateSkeleton>(),
  }),
  settleHoldings: submitVerb({
    ...certificate,
    name: 'settleHoldings',
    summary: 'The settler attests that one owner was paid for its holdings: they are redeemed.',
    roles: ['settler'],
    input: z.strictObject({ certificateId: id, holdingIds: z.array(id).min(1).max(50), paymentReference: shortText }),
    openings: ['holding'],
    endorsers: ['settler', 'obligor', 'owner'],
    result: type<Created<{ readonly holdings: readonly HoldingSkeleton[] }>>(),
  }),
  closeCertificate: submitVerb({
    ...certificate,
    name: 'closeCertificate',
    summary: 'Obligor or settler closes a certificate whose redeemed holdings cover its whole face.',
    roles: ['obligor', 'settler'],
    input: z.strictObject({ certificateId: id, holdingIds: z.array(id).min(1).max(199) }),
    openings: ['certificate', 'holding'],
    endorsers: ['obligor', 'settler'],
    result: type<CertificateSkeleton>(),
  }),
} as const;
