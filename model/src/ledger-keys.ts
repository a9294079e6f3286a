import type { SubjectEntry } from './epcis/index';
import type { AttestationSkeleton, BatchRecord, CertificateSkeleton, ChannelRecord, CreditLineSkeleton, CreditReservationSkeleton, DepositSkeleton, DisputeSkeleton, EarlySettlementSkeleton, EventRecord, FingerprintRecord, FreezeSkeleton, HoldingSkeleton, InternalBatchSkeleton, InvoiceSkeleton, LoanSkeleton, MemberRecord, MotionSkeleton, OrderSkeleton, OrganisationPolicy, PaymentSkeleton, PlaceDelegation, PolicyVersion, QuoteSkeleton, RecallFlag, RecallSkeleton, ReservedVersion, ReceiptHold, ReceiptPledgeSkeleton, ReceiptSkeleton, ShipmentSkeleton, SealedEventSkeleton, VersionRecord, VoteRecord } from './skeletons';

/** What stands under each kind of public key of the chaincode. */
export interface LedgerObjects {
  member: MemberRecord;
  channelPolicy: ChannelRecord;
  policyVersion: PolicyVersion | ReservedVersion;
  motion: MotionSkeleton;
  vote: VoteRecord;
  organisationPolicy: OrganisationPolicy;
  order: OrderSkeleton;
  orderVersion: VersionRecord;
  shipment: ShipmentSkeleton;
  invoice: InvoiceSkeleton;
  invoiceVersion: VersionRecord;
  obligorInvoice: Record<string, never>;
  fingerprint: FingerprintRecord;
  certificate: CertificateSkeleton;
  holding: HoldingSkeleton;
  certificateHolding: Record<string, never>;
  endedHolding: Record<string, never>;
  earlySettlement: EarlySettlementSkeleton;
  quote: QuoteSkeleton;
  loan: LoanSkeleton;
  freeze: FreezeSkeleton;
  dispute: DisputeSkeleton;
  creditLine: CreditLineSkeleton;
  creditReservation: CreditReservationSkeleton;
  payment: PaymentSkeleton;
  receipt: ReceiptSkeleton;
  deposit: DepositSkeleton;
  lotReceipt: { readonly receiptId: string };
  receiptHold: ReceiptHold;
  receiptPledge: ReceiptPledgeSkeleton;
  attestation: AttestationSkeleton;
  attested: { readonly attestationId: string };
  placeDelegation: PlaceDelegation;
  batch: BatchRecord;
  event: EventRecord;
  subject: SubjectEntry;
  commissioned: { readonly eventId: string };
  sealedEvent: SealedEventSkeleton;
  sealedSubject: Record<string, never>;
  internalBatch: InternalBatchSkeleton;
  step: Record<string, never>;
  location: Record<string, never>;
  transaction: Record<string, never>;
  captured: Record<string, never>;
  recall: RecallSkeleton;
  recallFlag: RecallFlag;
  recallMark: Record<string, never>;
  recallFrontier: Record<string, never>;
  lotCertificate: Record<string, never>;
}
export type ObjectType = keyof LedgerObjects;

export interface KeyEntry {
  /** Attributes of the composite key, in order. */
  readonly attributes: readonly string[];
  /** What the value is. */
  readonly value: string;
  /** Key-level endorsement policy; empty: an index, derivable, under the chaincode's own policy. */
  readonly policy: string;
}

const entry = (attributes: readonly string[], value: string, policy = ''): KeyEntry => ({ attributes, value, policy });

/** Every kind of public key; the documents are made from this table. Public keys are readable by every member. */
export const keyTable: Readonly<Record<ObjectType, KeyEntry>> = {
  member: entry(['mspId'], 'MemberRecord', 'as many members as a vote needs'),
  channelPolicy: entry(['"current"'], 'ChannelRecord', 'as many members as a vote needs'),
  policyVersion: entry(['version'], 'PolicyVersion; the next version is reserved', 'as many members as a vote needs'),
  motion: entry(['id'], 'MotionSkeleton', 'proposer, or as many members as a vote needed when it was proposed'),
  vote: entry(['motionId', 'mspId'], 'VoteRecord', 'voter'),
  organisationPolicy: entry(['mspId'], 'OrganisationPolicy', 'the organisation'),
  order: entry(['id'], 'OrderSkeleton', 'obligor and supplier'),
  orderVersion: entry(['orderId', 'version'], 'VersionRecord: an order as it was before an amendment', 'obligor and supplier'),
  shipment: entry(['id'], 'ShipmentSkeleton', 'obligor, and supplier or carrier'),
  invoice: entry(['id'], 'InvoiceSkeleton', 'obligor and supplier'),
  invoiceVersion: entry(['invoiceId', 'version'], 'VersionRecord: an invoice as it was before a credit note or the dispute of a part', 'obligor and supplier'),
  obligorInvoice: entry(['obligor', 'submittedAt', 'invoiceId'], 'index: invoices to an obligor in time order'),
  fingerprint: entry(['kind', 'digest'], 'FingerprintRecord', 'obligor and supplier'),
  certificate: entry(['id'], 'CertificateSkeleton', 'two of obligor, (first holder or settler), authority'),
  holding: entry(['id'], 'HoldingSkeleton', 'two of (owner; or the receiver of an offer; or of a locked finance, a locked pledge or a claim of recourse financier or seller together with the settler; of a pledged holding the financier in its place), obligor, authority'),
  certificateHolding: entry(['certificateId', 'holdingId'], 'index: holdings of a certificate'),
  endedHolding: entry(['certificateId', 'holdingId'], 'index: holdings of a certificate that were redeemed or netted'),
  earlySettlement: entry(['holdingId', 'offerId'], 'EarlySettlementSkeleton', 'obligor and owner'),
  quote: entry(['holdingId', 'quoteId'], 'QuoteSkeleton', 'financier and owner; once accepted: financier, and owner or settler'),
  loan: entry(['id'], 'LoanSkeleton', 'financier, and owner or settler'),
  freeze: entry(['scopeType', 'scopeId', 'orderId'], 'FreezeSkeleton', 'authority'),
  dispute: entry(['certificateId', 'disputeId'], 'DisputeSkeleton', 'two of obligor, (first holder or settler), authority'),
  creditLine: entry(['id'], 'CreditLineSkeleton', 'financier and obligor'),
  creditReservation: entry(['creditLineId', 'certificateId'], 'CreditReservationSkeleton', 'financier and obligor'),
  payment: entry(['digest'], 'PaymentSkeleton', 'settler'),
  receipt: entry(['id'], 'ReceiptSkeleton', 'two of (owner; or the receiver of an offer), warehouse (or the destination on the way), authority; while pledged: two of financier, warehouse, authority, and one of owner, settler'),
  deposit: entry(['id'], 'DepositSkeleton', 'warehouse and depositor'),
  lotReceipt: entry(['lot', 'owner', 'receiptId'], 'the live receipts over a lot, by owner', 'warehouse (on the way: the destination)'),
  receiptHold: entry(['receiptId', 'eventId'], 'ReceiptHold', 'reporter of the event'),
  receiptPledge: entry(['id'], 'ReceiptPledgeSkeleton', 'two of owner, financier, warehouse; once the loan is paid: financier or authority, and one of owner, warehouse, settler'),
  attestation: entry(['id'], 'AttestationSkeleton', 'author'),
  attested: entry(['subjectType', 'subjectId', 'claim', 'mspId'], 'index: the attestation of a subject by a member'),
  placeDelegation: entry(['delegate', 'owner'], 'PlaceDelegation', 'owner of the places'),
  batch: entry(['transactionId'], 'BatchRecord', 'reporter'),
  event: entry(['eventId'], 'EventRecord', 'reporter'),
  subject: entry(['canonicalId', 'time', 'eventId'], 'index: events of an identifier in time order, each with the links that a trace follows (SubjectEntry)'),
  commissioned: entry(['canonicalId'], 'index: the event that brought an object into being'),
  sealedEvent: entry(['id'], 'SealedEventSkeleton', 'reporter and those it was sealed to; of an internal event those it was shared with first'),
  sealedSubject: entry(['tag', 'sealedEventId'], 'index: sealed events of an identifier, under a tag that only who has its link key can compute'),
  internalBatch: entry(['transactionId'], 'InternalBatchSkeleton', 'all members'),
  step: entry(['bizStep', 'time', 'eventId'], 'index: events of a business step'),
  location: entry(['location', 'time', 'eventId'], 'index: events at a place'),
  transaction: entry(['type', 'canonicalId', 'time', 'eventId'], 'index: events of a business transaction'),
  captured: entry(['time', 'transactionId'], 'index: batches in the order of their capture'),
  recall: entry(['id'], 'RecallSkeleton', 'author'),
  recallFlag: entry(['lot', 'recallId', 'way'], 'RecallFlag', 'author of the recall'),
  recallMark: entry(['recallId', 'lot', 'way'], 'index: flags of a recall'),
  recallFrontier: entry(['recallId', 'lot', 'way'], 'index: flags that a recall has yet to spread from'),
  lotCertificate: entry(['lot', 'certificateId'], 'index: certificates that rest on a lot'),
};

/** Readable name of an object in messages and anchors: `order/PO-1`. */
export function nameOf(type: ObjectType, attributes: readonly string[]): string {
  return [type, ...attributes].join('/');
}

/** Private key of an anchor: under it the author of a public fact keeps the fact's hash in its own collection. */
export function anchorKey(type: ObjectType, attributes: readonly string[]): string {
  return `anchor:${nameOf(type, attributes)}`;
}

/** Type and attributes of a composite key; undefined for a key that is none of the table. */
export function splitKey(key: string): { readonly type: ObjectType; readonly attributes: readonly string[] } | undefined {
  if (!key.startsWith('\u0000') || !key.endsWith('\u0000')) return undefined;
  const [type = '', ...attributes] = key.slice(1, -1).split('\u0000');
  return isObjectType(type) && attributes.length === keyTable[type].attributes.length ? { type, attributes } : undefined;
}

function isObjectType(type: string): type is ObjectType {
  return Object.hasOwn(keyTable, type);
}

/** Name of the collection that every organisation has without being asked. */
export function implicitCollection(mspId: string): string {
  return `_implicit_org_${mspId}`;
}
