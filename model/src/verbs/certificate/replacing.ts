import { z } from 'zod';
import { hash, id, shortText, timestamp } from '../../schemas';
import type { CertificateSkeleton, HoldingSkeleton } from '../../skeletons';
import { submitVerb, type } from '../../verb';
import { certificate, certificateOnly, holdingOnly } from './shared';

/** A certificate leaves for a bill, paper or another registry (finance.md, "Certificate: the obligation"). */
export const replacingVerbs = {
  proposeReplacement: submitVerb({
    ...certificate,
    name: 'proposeReplacement',
    summary: 'The obligor proposes to replace an active certificate by a document of another registry.',
    roles: ['obligor'],
    input: z.strictObject({ certificateId: id, registry: shortText, documentHash: hash, expiresAt: timestamp }),
    endorsers: ['obligor', 'firstHolder'],
    result: type<CertificateSkeleton>(),
  }),
  withdrawReplacement: submitVerb({ ...certificate, name: 'withdrawReplacement', summary: 'The obligor takes the proposal back.', roles: ['obligor'], input: certificateOnly, endorsers: ['obligor', 'firstHolder'], whileSuspended: true, result: type<CertificateSkeleton>() }),
  agreeToReplacement: submitVerb({ ...certificate, name: 'agreeToReplacement', summary: 'An owner agrees with one holding, which is locked; the settler may then carry it out in its place.', input: holdingOnly, endorsers: ['owner', 'obligor'], result: type<HoldingSkeleton>() }),
  endReplacementAgreement: submitVerb({ ...certificate, name: 'endReplacementAgreement', summary: 'The owner takes its agreement back, or anyone does once the proposal is over; the holding is as it was.', input: holdingOnly, endorsers: ['owner', 'obligor'], whileSuspended: true, result: type<HoldingSkeleton>() }),
  replaceCertificate: submitVerb({
    ...certificate,
    name: 'replaceCertificate',
    summary: 'The obligor carries the replacement out: certificate and holdings are void.',
    roles: ['obligor'],
    input: z.strictObject({ certificateId: id, holdingIds: z.array(id).min(1).max(100) }),
    openings: ['certificate', 'holding'],
    endorsers: ['obligor', 'settler'],
    result: type<CertificateSkeleton>(),
  }),
} as const;
