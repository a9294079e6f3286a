import type { ChannelPolicy } from '../schemas';
import type { CertificateState, EarlySettlementState } from '../tables/index';
import type { CertificateDispute } from './protection';

/** Days of grace, days from overdue to default, and interest on what is paid after the grace days (basis points a year, actual/360). */
export type Lateness = Pick<ChannelPolicy, 'graceDays' | 'defaultAfterDays' | 'lateFeeBps'>;

/** A proposal of the obligor to replace a certificate by a bill, a paper or an entry in another registry. */
export interface Replacement {
  /** Id of the transaction that proposed it: an agreement to an earlier proposal does not fit a later one. */
  readonly id: string;
  readonly registry: string;
  /** SHA-256 (hex) of the document that takes its place. */
  readonly documentHash: string;
  readonly proposedAt: string;
  readonly expiresAt: string;
}

export interface CertificateSkeleton {
  readonly id: string;
  readonly obligor: string;
  /** First holder: the supplier of the invoices. */
  readonly supplier: string;
  readonly settler: string;
  /** Member with the role authority when the certificate was issued, if there was one. */
  readonly authority?: string;
  readonly state: CertificateState;
  readonly dueDate: string;
  /** Answer deadline: after it anyone may cancel what is not active yet. */
  readonly expiresAt: string;
  /** What the channel's policy said about paying late when it was issued; a later vote does not change it. */
  readonly lateness: Lateness;
  readonly invoiceIds: readonly string[];
  readonly shipmentIds: readonly string[];
  /** Lots behind the invoices: a recall of one bars new finance. */
  readonly lots: readonly string[];
  readonly firstHoldingId: string;
  /** Fingerprint of the maker's certificate. */
  readonly proposedBy: string;
  readonly issuedAt: string;
  readonly overdueAt?: string;
  readonly defaultedAt?: string;
  /** Order of the authority by which it was declared defaulted. */
  readonly defaultOrderId?: string;
  /** Where it is to leave to, once the owners of all its holdings agree. */
  readonly replacement?: Replacement;
  /** Line of a financier on which its face is reserved. */
  readonly creditLineId?: string;
  /** Open dispute; once the certificate is cancelled, the one that cancelled it. */
  readonly dispute?: CertificateDispute;
  readonly root: string;
}

export interface PaymentSkeleton {
  /** SHA-256 of settler and payment reference. */
  readonly digest: string;
  readonly settler: string;
  readonly purpose: 'payout' | 'settlement' | 'escrow' | 'escrow release' | 'early settlement' | 'loan' | 'buy-back' | 'receipt loan' | 'receipt repayment' | 'sale of goods';
  readonly holdingIds: readonly string[];
  /** Left out where it pays a loan against a warehouse receipt. */
  readonly certificateId?: string;
  /** The loan against a warehouse receipt that it pays. */
  readonly pledgeId?: string;
  readonly paidTo: string;
  /** Of a pay-out: the quote that was paid, and where the assignment was registered. */
  readonly quoteId?: string;
  /** Of the pay-out of a loan. */
  readonly loanId?: string;
  readonly registrationReference?: string;
  /** Of a release from escrow: digest of the payment into it. */
  readonly deposit?: string;
  readonly at: string;
  /** Merkle root over the sealed amounts, which payer, payee and settler hold; a pay-out has none, its quote says it. */
  readonly root?: string;
}

/** An obligor's offer to pay a holding early; the discount is sealed between obligor, owner and settler. */
export interface EarlySettlementSkeleton {
  readonly id: string;
  readonly holdingId: string;
  readonly certificateId: string;
  readonly obligor: string;
  readonly owner: string;
  readonly settler: string;
  readonly state: EarlySettlementState;
  readonly offeredAt: string;
  readonly expiresAt: string;
  readonly root: string;
}
