import type { InvoiceState, OrderState, ShipmentState } from '../tables/index';

/** A purchase order. */
export interface OrderSkeleton {
  readonly id: string;
  readonly obligor: string;
  readonly supplier: string;
  readonly state: OrderState;
  readonly version: number;
  readonly expiresAt: string;
  readonly issuedAt: string;
  /** Merkle root over the fields of the sealed terms. */
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

export interface InvoiceSkeleton {
  readonly id: string;
  readonly orderId: string;
  readonly shipmentIds: readonly string[];
  readonly supplier: string;
  readonly obligor: string;
  readonly state: InvoiceState;
  /** Codes of what did not match, by line; empty if all did. */
  readonly exceptions: readonly { readonly line: number; readonly code: string }[];
  /** Fingerprints registered for this invoice (digests). */
  readonly fingerprints: readonly { readonly kind: string; readonly digest: string }[];
  /** Ids of live invoices that look alike. */
  readonly resembles: readonly string[];
  readonly submittedAt: string;
  readonly approvedBy?: string;
  readonly acceptedAt?: string;
  readonly certificateId?: string;
  readonly overrideReason?: string;
  readonly root: string;
}

/** A fingerprint of a live invoice (finance.md, invariant 4). */
export interface FingerprintRecord {
  readonly kind: string;
  readonly digest: string;
  readonly invoiceId: string;
  readonly obligor: string;
  readonly supplier: string;
  readonly registeredAt: string;
}
