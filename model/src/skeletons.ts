import type { ChannelPolicy, Role, Subject } from './schemas';
import type { CertificateState, HoldingState, InvoiceState, OrderState, QuoteState, RecallState, ShipmentState } from './tables/index';

/**
 * Public skeletons: what every member of the channel sees of an object (design, principle 3): ids, states, owners,
 * links and times. Never an amount, a price, a quantity or an invoice number. Times are ISO 8601 in UTC.
 */
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

/** An open proposal on a holding; ending it restores `prior` exactly. */
export interface HoldingProposal {
  /** Transaction that opened it: answers to an earlier proposal do not fit a later one. */
  readonly id: string;
  readonly kind: 'transfer' | 'quotes' | 'finance';
  readonly prior: HoldingState;
  readonly expiresAt: string;
  readonly receiver?: string;
  readonly tradeReference?: { readonly type: 'order' | 'invoice'; readonly id: string };
  readonly financiers?: readonly string[];
  readonly recourse?: 'with' | 'without';
  readonly quoteId?: string;
  readonly financier?: string;
  readonly offeredAt: string;
}

/** One assignment of a claim, with the three times that decide its priority (Civil Code Art. 768). */
export interface Assignment {
  readonly from: string;
  readonly to: string;
  readonly assignedAt: string;
  readonly notifiedAt: string;
  readonly registeredAt?: string;
  readonly registrationReference?: string;
}

export interface HoldingSkeleton {
  readonly id: string;
  readonly certificateId: string;
  readonly obligor: string;
  readonly authority?: string;
  readonly owner: string;
  readonly state: HoldingState;
  readonly parents: readonly string[];
  readonly children?: readonly string[];
  readonly proposal?: HoldingProposal;
  readonly assignments: readonly Assignment[];
  /** Set when financed with recourse: `from` (the financier) may turn to `to` (the seller). */
  readonly recourse?: readonly { readonly from: string; readonly to: string }[];
  /** Digest of the payment that redeemed it. */
  readonly redeemedBy?: string;
  readonly createdAt: string;
  readonly root: string;
}

export interface QuoteSkeleton {
  readonly id: string;
  readonly holdingId: string;
  readonly financier: string;
  readonly owner: string;
  /** `lapsed` is never written: queries derive it from the holding. */
  readonly state: QuoteState;
  /** Id of the proposal that it answers; it lapses when that ends. */
  readonly requestId: string;
  readonly expiresAt: string;
  readonly quotedAt: string;
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

export interface AttestationSkeleton {
  readonly id: string;
  readonly author: string;
  readonly subject: Subject;
  readonly claim: string;
  readonly evidenceHash: string;
  readonly attestedAt: string;
  readonly expiresAt?: string;
  readonly revoked?: boolean;
}

export interface MemberRecord {
  readonly mspId: string;
  readonly name: string;
  readonly gln: string;
  readonly roles: readonly Role[];
  readonly state: 'active' | 'suspended';
  readonly since: string;
}

/** The channel's rules as they stand on the ledger, with what founding fixed. */
export interface ChannelRecord {
  readonly policy: ChannelPolicy;
  readonly version: number;
  readonly foundedAt: string;
  /** SHA-256 (hex) of the founding document; every founding member keeps it as its own anchor. */
  readonly foundation: string;
  /** Member with the role authority, if there is one. */
  readonly authority?: string;
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

export interface EventRecord {
  readonly id: string;
  readonly reporter: string;
  readonly capturedAt: string;
  readonly transactionId: string;
  /** Id of the {@link BatchRecord} that names this event; the reporter's anchor stands for the batch. */
  readonly batch: string;
  readonly context: unknown;
  readonly event: Readonly<Record<string, unknown>>;
  /** Error declarations that the reporter captured later: the event is never changed, and no longer counts. */
  readonly declarations?: readonly DeclaredError[];
}

/** An event was re-stated with an error declaration (EPCIS 2.0). */
export interface DeclaredError {
  readonly transactionId: string;
  readonly capturedAt: string;
  /** The declaration as it stood in the event: time, reason, ids of the events that correct it. */
  readonly errorDeclaration: unknown;
}

/** All events of one capture transaction; its hash stands as anchor in the reporter's own implicit collection. */
export interface BatchRecord {
  /** The transaction id of the capture. */
  readonly id: string;
  readonly reporter: string;
  readonly events: readonly string[];
}

export interface RecallSkeleton {
  readonly id: string;
  readonly author: string;
  readonly lot: string;
  readonly reasonClass: string;
  readonly reason: string;
  readonly state: RecallState;
  readonly openedAt: string;
  readonly closedAt?: string;
}

/**
 * The mark of a recall on a lot or object. Who wrote it does not matter: it counts if it is the recalled lot itself, or
 * if an event anchored by its reporter carries goods from a lot that is marked so.
 */
export interface RecallFlag {
  readonly lot: string;
  readonly recallId: string;
  /** The flagged lot or object from which this one inherits; the recalled lot itself has none. */
  readonly from?: string;
  /** The event that carried goods from there to here. */
  readonly eventId?: string;
  /** The event that names the input, if the transformation was reported in several. */
  readonly sourceEventId?: string;
  /** How: goods went into it, were packed into it, or were built into it. */
  readonly via?: 'transformation' | 'aggregation' | 'association';
  /** Time in which it holds recalled goods, UTC, inclusive; absent: unbounded. A container is flagged while they are inside. */
  readonly since?: string;
  readonly until?: string;
  readonly at: string;
}
