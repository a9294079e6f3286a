import type { CertificateState } from '../tables/index';

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
  readonly invoiceIds: readonly string[];
  readonly shipmentIds: readonly string[];
  /** Lots behind the invoices: a recall of one bars new finance. */
  readonly lots: readonly string[];
  readonly firstHoldingId: string;
  /** Fingerprint of the maker's certificate. */
  readonly proposedBy: string;
  readonly issuedAt: string;
  readonly root: string;
}

export interface PaymentSkeleton {
  /** SHA-256 of settler and payment reference. */
  readonly digest: string;
  readonly settler: string;
  readonly purpose: 'payout' | 'settlement';
  readonly holdingIds: readonly string[];
  readonly certificateId: string;
  readonly paidTo: string;
  /** Of a pay-out: the quote that was paid, and where the assignment was registered. */
  readonly quoteId?: string;
  readonly registrationReference?: string;
  readonly at: string;
}
