import { DualchainError } from '@dualchain/model';
import type { AttestationSkeleton, BatchRecord, CertificateSkeleton, ChannelRecord, EventRecord, FingerprintRecord, HoldingSkeleton, InvoiceSkeleton, MemberRecord, OrderSkeleton, PaymentSkeleton, QuoteSkeleton, RecallFlag, RecallSkeleton, ShipmentSkeleton } from '@dualchain/model';
import type { ChaincodeStub } from 'fabric-shim-api';

/** What stands under each kind of public key. */
export interface LedgerObjects {
  member: MemberRecord;
  channelPolicy: ChannelRecord;
  order: OrderSkeleton;
  shipment: ShipmentSkeleton;
  invoice: InvoiceSkeleton;
  fingerprint: FingerprintRecord;
  certificate: CertificateSkeleton;
  holding: HoldingSkeleton;
  certificateHolding: Record<string, never>;
  quote: QuoteSkeleton;
  payment: PaymentSkeleton;
  attestation: AttestationSkeleton;
  attested: { readonly attestationId: string };
  batch: BatchRecord;
  event: EventRecord;
  subject: Record<string, never>;
  step: Record<string, never>;
  location: Record<string, never>;
  transaction: Record<string, never>;
  recall: RecallSkeleton;
  recallFlag: RecallFlag;
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
  order: entry(['id'], 'OrderSkeleton', 'obligor and supplier'),
  shipment: entry(['id'], 'ShipmentSkeleton', 'obligor, and supplier or carrier'),
  invoice: entry(['id'], 'InvoiceSkeleton', 'obligor and supplier'),
  fingerprint: entry(['kind', 'digest'], 'FingerprintRecord', 'obligor and supplier'),
  certificate: entry(['id'], 'CertificateSkeleton', 'two of obligor, (first holder or settler), authority'),
  holding: entry(['id'], 'HoldingSkeleton', 'two of (owner, or the receiver or financier of an open proposal), obligor, authority'),
  certificateHolding: entry(['certificateId', 'holdingId'], 'index: holdings of a certificate'),
  quote: entry(['holdingId', 'quoteId'], 'QuoteSkeleton', 'owner and financier'),
  payment: entry(['digest'], 'PaymentSkeleton', 'settler'),
  attestation: entry(['id'], 'AttestationSkeleton', 'author'),
  attested: entry(['subjectType', 'subjectId', 'claim', 'mspId'], 'index: the attestation of a subject by a member'),
  batch: entry(['transactionId'], 'BatchRecord', 'reporter'),
  event: entry(['eventId'], 'EventRecord', 'reporter'),
  subject: entry(['canonicalId', 'time', 'eventId'], 'index: events of an identifier in time order'),
  step: entry(['bizStep', 'time', 'eventId'], 'index: events of a business step'),
  location: entry(['location', 'time', 'eventId'], 'index: events at a place'),
  transaction: entry(['type', 'canonicalId', 'eventId'], 'index: events of a business transaction'),
  recall: entry(['id'], 'RecallSkeleton', 'author'),
  recallFlag: entry(['lot', 'recallId'], 'RecallFlag', 'author of the recall'),
  lotCertificate: entry(['lot', 'certificateId'], 'index: certificates that rest on a lot'),
};

/** Builds a key. Attributes are checked, so that none can reach into another key. Throws INVALID_INPUT. */
export function keyOf(stub: Pick<ChaincodeStub, 'createCompositeKey'>, type: ObjectType, attributes: readonly string[]): string {
  for (const attribute of attributes) {
    if (attribute === '' || attribute.includes('\u0000') || attribute.includes('\u{10FFFF}')) throw new DualchainError('INVALID_INPUT', `A part of the key of a ${type} is empty or holds a character that keys must not hold.`);
  }
  return stub.createCompositeKey(type, [...attributes]);
}

/** Readable name of an object in messages and anchors: `order/PO-1`. */
export function nameOf(type: ObjectType, attributes: readonly string[]): string {
  return [type, ...attributes].join('/');
}
