import { certificateTable, defaultFrom, DualchainError, graceEndsAt, liveHoldingStates } from '@dualchain/model';
import type { CertificateSkeleton, CertificateState, ChannelPolicy, HoldingSkeleton, Lateness, Transition } from '@dualchain/model';
import { requireNotExpired, requireTransition } from '../transition';

const DAY = 86_400_000;

/** What a certificate is issued with; times in ISO 8601. */
export interface Issue extends Pick<CertificateSkeleton, 'id' | 'obligor' | 'supplier' | 'settler' | 'dueDate' | 'invoiceIds' | 'shipmentIds' | 'lots' | 'firstHoldingId'> {
  readonly authority?: string | undefined;
  /** Line on which its face is reserved. */
  readonly creditLineId?: string | undefined;
  /** Until when it must be confirmed and accepted; undefined: until the due date. */
  readonly expiresAt?: string | undefined;
  /** Fingerprint of the maker's certificate. */
  readonly maker: string;
  readonly at: string;
}

/** A certificate that the maker proposes. Throws INVALID_INPUT, TENOR_EXCEEDED. */
export function issueCertificate(issue: Issue, { tenorLimitDays, graceDays, defaultAfterDays, lateFeeBps }: Pick<ChannelPolicy, 'tenorLimitDays' | keyof Lateness>): Omit<CertificateSkeleton, 'root'> {
  const { id, obligor, supplier, settler, authority, dueDate, expiresAt = dueDate, invoiceIds, shipmentIds, lots, firstHoldingId, creditLineId, maker, at } = issue;
  const { to } = requireTransition(certificateTable, 'issueCertificate', { id, state: null, parties: { obligor } }, obligor);
  if (supplier === obligor) throw new DualchainError('INVALID_INPUT', 'Obligor and supplier must be two organisations.', { details: { supplier } });
  if (settler === obligor || settler === supplier) throw new DualchainError('INVALID_INPUT', `${settler} is a party to the debt; name a settler that is none, because it attests the payments.`, { details: { settler } });
  const twice = invoiceIds.find((invoiceId, index) => invoiceIds.indexOf(invoiceId) !== index);
  if (twice !== undefined) throw new DualchainError('INVALID_INPUT', `The invoice ${twice} is named twice.`, { details: { invoiceId: twice } });
  if (dueDate <= at) throw new DualchainError('TENOR_EXCEEDED', `The due date ${dueDate} is past; choose a later one.`, { details: { dueDate, at } });
  const latest = new Date(Date.parse(at) + tenorLimitDays * DAY).toISOString();
  if (dueDate > latest) throw new DualchainError('TENOR_EXCEEDED', `The due date ${dueDate} is more than ${tenorLimitDays} days ahead; the latest is ${latest}.`, { details: { dueDate, tenorLimitDays, latest } });
  if (expiresAt <= at || expiresAt > dueDate) throw new DualchainError('INVALID_INPUT', `The answer deadline ${expiresAt} must lie ahead and not after the due date ${dueDate}.`, { details: { expiresAt, dueDate, at } });
  const lateness = { graceDays, defaultAfterDays, lateFeeBps };
  return { id, obligor, supplier, settler, ...(authority === undefined ? {} : { authority }), state: to, dueDate, expiresAt, lateness, invoiceIds, shipmentIds, lots, firstHoldingId, proposedBy: maker, issuedAt: at, ...(creditLineId === undefined ? {} : { creditLineId }) };
}

/** What issuing fixed of a certificate, beside its sealed terms. */
export function issuedContent({ obligor, supplier, settler, dueDate, expiresAt = dueDate, invoiceIds, firstHoldingId, creditLineId }: Pick<Issue, 'obligor' | 'supplier' | 'settler' | 'dueDate' | 'expiresAt' | 'invoiceIds' | 'firstHoldingId' | 'creditLineId'>): Record<string, unknown> {
  return { obligor, supplier, settler, dueDate, expiresAt, invoiceIds, firstHoldingId, ...(creditLineId === undefined ? {} : { creditLineId }) };
}

/** The obligor's checker confirms; `twoPeople`: its organisation asks for another person than the maker. Throws NOT_A_PARTY, WRONG_STATE, SAME_IDENTITY. */
export function confirmCertificate(certificate: CertificateSkeleton, caller: string, identity: string, twoPeople = true): CertificateSkeleton {
  const { to } = rowOf(certificate, 'confirmCertificate', caller);
  if (twoPeople && certificate.proposedBy === identity) throw new DualchainError('SAME_IDENTITY', `The certificate ${certificate.id} was proposed by this very identity; another person must confirm it.`, { details: { id: certificate.id } });
  return { ...certificate, state: to };
}

/** How a certificate that is not active yet is answered, or ends unanswered. */
export type Answer = 'acceptCertificate' | 'refuseCertificate' | 'withdrawCertificate' | 'expireCertificate';

/** The supplier accepts or refuses, the obligor withdraws, or anyone ends it after the answer deadline. Throws NOT_A_PARTY, WRONG_STATE, EXPIRED (accepting), NOT_YET (ending). */
export function answerCertificate(certificate: CertificateSkeleton, verb: Answer, caller: string, at: string): CertificateSkeleton {
  const { to } = rowOf(certificate, verb, caller);
  if (verb === 'acceptCertificate') requireNotExpired(`The certificate ${certificate.id}`, certificate.expiresAt, at);
  if (verb === 'expireCertificate' && at < certificate.expiresAt) throw new DualchainError('NOT_YET', `The certificate ${certificate.id} can be answered until ${certificate.expiresAt}.`, { details: { expiresAt: certificate.expiresAt, at } });
  return { ...certificate, state: to };
}

/** Throws WRONG_STATE, NOT_YET. */
export function declareDue(certificate: CertificateSkeleton, caller: string, at: string): CertificateSkeleton {
  const { to } = rowOf(certificate, 'declareDue', caller);
  if (at < certificate.dueDate) throw new DualchainError('NOT_YET', `The certificate ${certificate.id} is due at ${certificate.dueDate}.`, { details: { dueDate: certificate.dueDate, at } });
  return { ...certificate, state: to };
}

/** Throws NOT_A_PARTY, WRONG_STATE, NOT_YET. */
export function declareOverdue(certificate: CertificateSkeleton, caller: string, at: string): CertificateSkeleton {
  const { to } = rowOf(certificate, 'declareOverdue', caller);
  requireTime(certificate, graceEndsAt(certificate), 'is overdue', at);
  return { ...certificate, state: to, overdueAt: at };
}

/**
 * A holder declares an overdue certificate defaulted, by a live holding of its own once the days have passed, or the
 * authority does by an order at any time: recourse opens. Throws NOT_A_PARTY, WRONG_STATE, INVALID_INPUT, NOT_YET.
 */
export function declareDefault(certificate: CertificateSkeleton, by: { readonly holding?: HoldingSkeleton | undefined; readonly orderId?: string | undefined }, caller: string, at: string): CertificateSkeleton {
  const { holding, orderId } = by;
  const owner = holding?.certificateId === certificate.id && liveHoldingStates.includes(holding.state) ? holding.owner : undefined;
  const { to } = rowOf(certificate, 'declareDefault', caller, { owner });
  const byOrder = caller === certificate.authority && orderId !== undefined;
  if (!byOrder) requireTime(certificate, defaultFrom(certificate), 'may be declared defaulted without an order of the authority', at);
  return { ...certificate, state: to, defaultedAt: at, ...(byOrder ? { defaultOrderId: orderId } : {}) };
}

function requireTime({ id }: CertificateSkeleton, from: string, what: string, at: string): void {
  if (at < from) throw new DualchainError('NOT_YET', `The certificate ${id} ${what} from ${from} on.`, { details: { from, at } });
}

/** The row of the certificate's table; `owner` where a holder may do it. Throws NOT_A_PARTY, WRONG_STATE. */
export function rowOf(certificate: CertificateSkeleton, verb: string, caller: string, { owner }: { readonly owner?: string | readonly string[] | undefined } = {}): Transition<CertificateState> {
  const { id, state, obligor, supplier, settler, authority } = certificate;
  return requireTransition(certificateTable, verb, { id, state, parties: { obligor, supplier, settler, authority, owner } }, caller);
}
