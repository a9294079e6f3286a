import { z } from 'zod';
import { amount, currency, id, mspId, timestamp } from '../../schemas';
import type { CertificateSkeleton } from '../../skeletons';
import { submitVerb, type } from '../../verb';
import type { Created } from '../../verb';
import { certificate, certificateOnly } from './shared';

/** Terms of a certificate, sealed between obligor and first holder. Face in minor units = sum of the invoices. */
export const certificateTerms = z.strictObject({ face: amount, currency, invoices: z.array(z.strictObject({ id, amount })).min(1).max(20) });
export type CertificateTerms = z.infer<typeof certificateTerms>;

/** From accepted invoices to an active certificate (finance.md, "Certificate: the obligation"). */
export const issuingVerbs = {
  issueCertificate: submitVerb({
    ...certificate,
    name: 'issueCertificate',
    summary: "The obligor's maker proposes a certificate over accepted invoices of one supplier.",
    roles: ['obligor'],
    users: ['maker'],
    input: z.strictObject({ certificateId: id, supplier: mspId, settler: mspId, invoiceIds: z.array(id).min(1).max(20), dueDate: timestamp, firstHoldingId: id, expiresAt: timestamp.optional(), creditLineId: id.optional() }),
    sealed: certificateTerms,
    openings: ['invoice', 'creditReservation'],
    endorsers: ['obligor', 'supplier'],
    result: type<Created<CertificateSkeleton>>(),
  }),
  confirmCertificate: submitVerb({ ...certificate, name: 'confirmCertificate', summary: "The obligor's checker, another person, confirms the certificate: it is issued.", roles: ['obligor'], users: ['checker'], input: certificateOnly, endorsers: ['obligor', 'supplier'], result: type<CertificateSkeleton>() }),
  acceptCertificate: submitVerb({ ...certificate, name: 'acceptCertificate', summary: 'The supplier consents to be paid this way; the certificate is active, its holding free.', input: certificateOnly, endorsers: ['obligor', 'supplier'], result: type<CertificateSkeleton>() }),
  refuseCertificate: submitVerb({ ...certificate, name: 'refuseCertificate', summary: 'The supplier refuses; the certificate is cancelled, the invoices released.', input: certificateOnly, endorsers: ['obligor', 'supplier'], whileSuspended: true, result: type<CertificateSkeleton>() }),
  expireCertificate: submitVerb({ ...certificate, name: 'expireCertificate', summary: 'Anyone cancels a certificate that was not accepted before its answer deadline; invoices released.', input: certificateOnly, endorsers: ['obligor', 'supplier'], whileSuspended: true, result: type<CertificateSkeleton>() }),
  withdrawCertificate: submitVerb({ ...certificate, name: 'withdrawCertificate', summary: 'The obligor withdraws before the supplier accepted; invoices released.', roles: ['obligor'], input: certificateOnly, endorsers: ['obligor', 'supplier'], whileSuspended: true, result: type<CertificateSkeleton>() }),
} as const;
