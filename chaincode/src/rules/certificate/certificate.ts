import { certificateTable, DualchainError } from '@dualchain/model';
import type { CertificateSkeleton, CertificateState, ChannelPolicy, Transition } from '@dualchain/model';
import { requireNotExpired, requireTransition } from '../transition';

const DAY = 86_400_000;

/** What a certificate is issued with; times in ISO 8601. */
export interface Issue extends Pick<CertificateSkeleton, 'id' | 'obligor' | 'supplier' | 'settler' | 'dueDate' | 'invoiceIds' | 'shipmentIds' | 'lots' | 'firstHoldingId'> {
  readonly authority?: string | undefined;
  /** Fingerprint of the maker's certificate. */
  readonly maker: string;
  readonly at: string;
}

/** A certificate that the maker proposes. Throws INVALID_INPUT, TENOR_EXCEEDED. */
export function issueCertificate(issue: Issue, { tenorLimitDays }: Pick<ChannelPolicy, 'tenorLimitDays'>): Omit<CertificateSkeleton, 'root'> {
  const { id, obligor, supplier, settler, authority, dueDate, invoiceIds, shipmentIds, lots, firstHoldingId, maker, at } = issue;
  const { to } = requireTransition(certificateTable, 'issueCertificate', { id, state: null, parties: { obligor } }, obligor);
  if (supplier === obligor) throw new DualchainError('INVALID_INPUT', 'Obligor and supplier must be two organisations.', { details: { supplier } });
  if (settler === obligor || settler === supplier) throw new DualchainError('INVALID_INPUT', `${settler} is a party to the debt; name a settler that is none, because it attests the payments.`, { details: { settler } });
  const twice = invoiceIds.find((invoiceId, index) => invoiceIds.indexOf(invoiceId) !== index);
  if (twice !== undefined) throw new DualchainError('INVALID_INPUT', `The invoice ${twice} is named twice.`, { details: { invoiceId: twice } });
  if (dueDate <= at) throw new DualchainError('TENOR_EXCEEDED', `The due date ${dueDate} is past; choose a later one.`, { details: { dueDate, at } });
  const latest = new Date(Date.parse(at) + tenorLimitDays * DAY).toISOString();
  if (dueDate > latest) throw new DualchainError('TENOR_EXCEEDED', `The due date ${dueDate} is more than ${tenorLimitDays} days ahead; the latest is ${latest}.`, { details: { dueDate, tenorLimitDays, latest } });
  return { id, obligor, supplier, settler, ...(authority === undefined ? {} : { authority }), state: to, dueDate, invoiceIds, shipmentIds, lots, firstHoldingId, proposedBy: maker, issuedAt: at };
}

/** What issuing fixed of a certificate, beside its sealed terms. */
export function issuedContent({ obligor, supplier, settler, dueDate, invoiceIds, firstHoldingId }: Pick<CertificateSkeleton, 'obligor' | 'supplier' | 'settler' | 'dueDate' | 'invoiceIds' | 'firstHoldingId'>): Record<string, unknown> {
  return { obligor, supplier, settler, dueDate, invoiceIds, firstHoldingId };
}

/** The obligor's checker confirms. Throws NOT_A_PARTY, WRONG_STATE, SAME_IDENTITY. */
export function confirmCertificate(certificate: CertificateSkeleton, caller: string, identity: string): CertificateSkeleton {
  const { to } = rowOf(certificate, 'confirmCertificate', caller);
  if (certificate.proposedBy === identity) throw new DualchainError('SAME_IDENTITY', `The certificate ${certificate.id} was proposed by this very identity; another person must confirm it.`, { details: { id: certificate.id } });
  return { ...certificate, state: to };
}

/** The supplier accepts or refuses, or the obligor withdraws. Throws NOT_A_PARTY, WRONG_STATE, EXPIRED (accepting only). */
export function answerCertificate(certificate: CertificateSkeleton, verb: 'acceptCertificate' | 'refuseCertificate' | 'withdrawCertificate', caller: string, at: string): CertificateSkeleton {
  const { to } = rowOf(certificate, verb, caller);
  if (verb === 'acceptCertificate') requireNotExpired(`The certificate ${certificate.id}`, certificate.dueDate, at);
  return { ...certificate, state: to };
}

/** Throws WRONG_STATE, NOT_YET. */
export function declareDue(certificate: CertificateSkeleton, caller: string, at: string): CertificateSkeleton {
  const { to } = rowOf(certificate, 'declareDue', caller);
  if (at < certificate.dueDate) throw new DualchainError('NOT_YET', `The certificate ${certificate.id} is due at ${certificate.dueDate}.`, { details: { dueDate: certificate.dueDate, at } });
  return { ...certificate, state: to };
}

/** The row of the certificate's table. Throws NOT_A_PARTY, WRONG_STATE. */
export function rowOf(certificate: CertificateSkeleton, verb: string, caller: string): Transition<CertificateState> {
  const { id, state, obligor, supplier, settler } = certificate;
  return requireTransition(certificateTable, verb, { id, state, parties: { obligor, supplier, settler } }, caller);
}
