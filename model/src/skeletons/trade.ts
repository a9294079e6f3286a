import type { CertificateState, InvoiceState, OrderState, ShipmentState } from '../tables/index';

/** A change that one of two parties proposes to the other. It locks the object; ending it restores `prior` and leaves no trace on the skeleton. */
export interface TradeProposal<Kind extends string, State extends string> {
  /** Id of the transaction. */
  readonly id: string;
  readonly kind: Kind;
  readonly proposer: string;
  /** The other party, who may accept or refuse. */
  readonly receiver: string;
  readonly prior: State;
  readonly proposedAt: string;
  readonly expiresAt: string;
}

export type OrderProposal = TradeProposal<'amendment' | 'cancellation', OrderState>;
export type InvoiceProposal = TradeProposal<'credit note' | 'waiver' | 'resolution', InvoiceState> & {
  /** Of a resolution: how the dispute is to end. */
  readonly outcome?: 'matched' | 'cancelled';
  /** Of a credit note: the id that the supplier chose. */
  readonly creditNoteId?: string;
};

/** A purchase order. */
export interface OrderSkeleton {
  readonly id: string;
  readonly obligor: string;
  readonly supplier: string;
  readonly state: OrderState;
  /** 1 when issued, one more for each amendment. */
  readonly version: number;
  readonly expiresAt: string;
  readonly issuedAt: string;
  readonly proposal?: OrderProposal;
  /** Merkle root over the fields of the sealed terms. */
  readonly root: string;
}

/** An earlier version of an order's or an invoice's terms; the terms stay sealed with both parties, under the version's own record. */
export interface VersionRecord {
  readonly id: string;
  readonly version: number;
  readonly replacedAt: string;
  readonly root: string;
}

export interface ShipmentSkeleton {
  readonly id: string;
  readonly orderId: string;
  readonly supplier: string;
  readonly obligor: string;
  readonly carrier: string;
  readonly state: ShipmentState;
  /** Canonical ids of the lots, links to the supply chain. */
  readonly lots: readonly string[];
  readonly shippingEvents: readonly string[];
  readonly arrivalEvents: readonly string[];
  readonly receivingEvents: readonly string[];
  readonly dispatchedAt: string;
  /** Event time of the first shipping event: what happens to the goods later cannot be earlier. */
  readonly shippedAt: string;
  readonly root: string;
}

export interface InvoiceException {
  readonly line: number;
  readonly code: string;
}

export interface InvoiceDispute {
  /** Id of the transaction; the reason is sealed under it. */
  readonly id: string;
  readonly by: string;
  readonly at: string;
}

export interface InvoiceSkeleton {
  readonly id: string;
  readonly orderId: string;
  readonly shipmentIds: readonly string[];
  readonly supplier: string;
  readonly obligor: string;
  readonly state: InvoiceState;
  /** 1 when submitted, one more for each credit note and each part that was disputed. */
  readonly version: number;
  /** Codes of what did not match, by line; empty if all did. An invoice without exceptions counts in its order's quantities. */
  readonly exceptions: readonly InvoiceException[];
  /** Exceptions that both parties let pass, by a waiver or by resolving a dispute. */
  readonly waived?: readonly InvoiceException[];
  /** Fingerprints registered for this invoice (digests); a part has none of its own. */
  readonly fingerprints: readonly { readonly kind: string; readonly digest: string }[];
  /** Ids of live invoices that look alike. */
  readonly resembles: readonly string[];
  readonly submittedAt: string;
  /** When the obligor should have accepted or disputed it, by the policy at its submission. */
  readonly acceptanceDueAt: string;
  readonly proposal?: InvoiceProposal;
  /** Of an invoice that is or was disputed. */
  readonly dispute?: InvoiceDispute;
  /** Ids of the parts that were taken out of this invoice because they are disputed. */
  readonly parts?: readonly string[];
  /** Of a part: the invoice it was taken out of. */
  readonly partOf?: string;
  readonly approvedBy?: string;
  readonly acceptedAt?: string;
  readonly certificateId?: string;
  readonly overrideReason?: string;
  readonly root: string;
}

/** A fingerprint of a live invoice (finance.md, invariant 4). It is deleted when no live invoice has it any more. */
export interface FingerprintRecord {
  readonly kind: string;
  readonly digest: string;
  readonly invoiceId: string;
  /** Invoices that look alike and came later: the first of them takes the fingerprint over when its holder ends. */
  readonly others?: readonly string[];
  readonly obligor: string;
  readonly supplier: string;
  readonly registeredAt: string;
}

/** One invoice as the fairness report sees it; all of it public. */
export interface ClockReading {
  readonly invoiceId: string;
  readonly supplier: string;
  readonly state: InvoiceState;
  readonly submittedAt: string;
  readonly acceptanceDueAt: string;
  readonly acceptedAt?: string;
  /** When it was disputed last. */
  readonly disputedAt?: string;
  /** Of an invoice that backs a certificate. After `graceEndsAt` a payment is late. `lastPaidAt`: the latest payment to a holder; absent if there is none, or if its holdings are too many to look at. */
  readonly certificate?: { readonly id: string; readonly state: CertificateState; readonly dueDate: string; readonly graceEndsAt: string; readonly lastPaidAt?: string };
}
