import type { AttestationSkeleton, CertificateSkeleton, CertificateTerms, ChannelRecord, CreditLineSkeleton, CreditLineTerms, CreditNoteTerms, CreditReservationSkeleton, DisputeResult, DisputeSkeleton, DisputeTerms, EarlySettlementSkeleton, EarlySettlementTerms, EventRecord, FreezeSkeleton, HoldingSkeleton, InvoiceDisputeTerms, InvoiceSkeleton, InvoiceTerms, LoanSkeleton, MemberRecord, MotionSkeleton, MotionStanding, Opened, OrderQuantities, OrderSkeleton, OrderTerms, PaymentSkeleton, PledgeLoanTerms, PolicyVersion, Priority as WirePriority, QuoteSkeleton, QuoteTerms, RecallFlag, RecallSkeleton, ReceiptGoods, ReceiptLoan, ReceiptPledgeSkeleton, ReceiptProceeds, ReceiptSkeleton, ReceiptTerms, ReceiptValuation, SealedRecord, ShipmentSkeleton, ShipmentTerms, VersionRecord, VoteRecord, WaiverTerms } from '@dualchain/model';
import { typed } from './typed';
import type { Typed } from './typed';

/** Id of one kind of object. Plain strings fit; an id of another kind does not. */
export type Id<Kind extends string> = string & { readonly __kind?: Kind };
export type OrderId = Id<'order'>;
export type ShipmentId = Id<'shipment'>;
export type InvoiceId = Id<'invoice'>;
export type CertificateId = Id<'certificate'>;
export type HoldingId = Id<'holding'>;
export type QuoteId = Id<'quote'>;
export type LoanId = Id<'loan'>;
export type EarlySettlementId = Id<'earlySettlement'>;
export type AttestationId = Id<'attestation'>;
export type RecallId = Id<'recall'>;
export type ReceiptId = Id<'receipt'>;
export type ReceiptPledgeId = Id<'receiptPledge'>;
export type MotionId = Id<'motion'>;
export type CreditLineId = Id<'creditLine'>;

type WithId<Skeleton extends { readonly id: string }, Identifier> = Typed<Omit<Skeleton, 'id'>> & { readonly id: Identifier };

export type Order = WithId<OrderSkeleton, OrderId>;
export type Shipment = WithId<ShipmentSkeleton, ShipmentId>;
export type Invoice = WithId<InvoiceSkeleton, InvoiceId>;
export type Certificate = WithId<CertificateSkeleton, CertificateId>;
export type Holding = WithId<HoldingSkeleton, HoldingId>;
export type Quote = WithId<QuoteSkeleton, QuoteId>;
export type Loan = WithId<LoanSkeleton, LoanId>;
/** Who claims a holding, in the order in which they are served. */
export type Priority = Typed<WirePriority>;
export type EarlySettlement = WithId<EarlySettlementSkeleton, EarlySettlementId>;
export type Payment = Typed<PaymentSkeleton>;
export type Attestation = WithId<AttestationSkeleton, AttestationId>;
export type Recall = WithId<RecallSkeleton, RecallId>;
export type Freeze = Typed<FreezeSkeleton>;
export type Dispute = Typed<DisputeSkeleton>;
/** A dispute, and the certificate as it is with or after it. */
export type DisputedCertificate = Typed<DisputeResult>;
export type CreditLine = WithId<CreditLineSkeleton, CreditLineId>;
export type CreditReservation = Typed<CreditReservationSkeleton>;
export type Receipt = WithId<ReceiptSkeleton, ReceiptId>;
export type ReceiptPledge = WithId<ReceiptPledgeSkeleton, ReceiptPledgeId>;
export type RecallMark = Typed<RecallFlag>;
export type MemberOfConsortium = Typed<MemberRecord>;
export type Channel = Typed<ChannelRecord>;
export type ChannelPolicyVersion = Typed<PolicyVersion>;
export type Motion = WithId<MotionSkeleton, MotionId>;
export type StandingMotion = Typed<MotionStanding>;
export type Vote = Typed<VoteRecord>;
/** What enacting a motion made: the channel's rules, and the member that it changed. */
export interface Enacted {
  readonly motion: Motion;
  readonly channel: Channel;
  readonly member?: MemberOfConsortium;
}
export type TraceEventRecord = Typed<EventRecord>;
/** `already`: an object with this id and this content existed before. */
export type Created<Object> = Object & { readonly already?: true };

/** Sealed terms that the own organisation holds of an object; undefined where it holds none. `records` are the sealed records themselves, by record key. */
export type WithTerms<Object, Terms> = Object & { readonly terms: Typed<Terms> | undefined; readonly records: Readonly<Record<string, SealedRecord>> };
/** With `amendment`: the terms that are proposed. */
export type OpenedOrder = WithTerms<Order, OrderTerms> & { readonly quantities: Typed<OrderQuantities> | undefined; readonly amendment: Typed<OrderTerms> | undefined };
/** An order or an invoice as it was before its terms were replaced. */
export type EarlierVersion<Terms> = WithTerms<Typed<VersionRecord>, Terms>;
export type OpenedShipment = WithTerms<Shipment, ShipmentTerms> & { readonly receipt: Typed<ReceiptTerms> | undefined };
/** With what is proposed (credit note, reason of a waiver) and why it was disputed last, as far as it applies. */
export type OpenedInvoice = WithTerms<Invoice, InvoiceTerms> & { readonly creditNote: Typed<CreditNoteTerms> | undefined; readonly waiver: Typed<WaiverTerms> | undefined; readonly disputed: Typed<InvoiceDisputeTerms> | undefined };
export type OpenedCertificate = WithTerms<Certificate, CertificateTerms>;
/** Units of the certificate that a holding is: the closed range `from`–`to`, `amount` minor units. */
export interface HoldingRange {
  readonly from: bigint;
  readonly to: bigint;
  readonly amount: bigint;
}
export type OpenedHolding = Holding & { readonly range: HoldingRange | undefined; readonly records: Readonly<Record<string, SealedRecord>> };
export type OpenedDispute = WithTerms<Dispute, DisputeTerms>;
/** `limit` and `used` in minor units of the line's currency. */
export type OpenedCreditLine = WithTerms<CreditLine, CreditLineTerms>;
export type OpenedLoan = WithTerms<Loan, PledgeLoanTerms>;
export type OpenedReceipt = WithTerms<Receipt, ReceiptGoods>;
/** `valuation`: behind a standing margin call; `sale`: the account of a liquidation. */
export type OpenedReceiptPledge = WithTerms<ReceiptPledge, ReceiptLoan> & { readonly valuation: Typed<ReceiptValuation> | undefined; readonly sale: Typed<ReceiptProceeds> | undefined };
export type OpenedQuote = WithTerms<Quote, QuoteTerms>;
export type OpenedEarlySettlement = WithTerms<EarlySettlement, EarlySettlementTerms>;
/** What one payment was for, in minor units: the units redeemed, the late fee on top, the discount for paying early. Paid was amount + late fee − discount. */
export interface PaidAmounts {
  readonly currency: string;
  readonly amount: string;
  readonly lateFee: string;
  readonly discount: string;
}
export type OpenedPayment = WithTerms<Payment, PaidAmounts>;

/** Typed skeleton of an opened object with the sealed record of `type` as its `terms`. */
export function withTerms<Skeleton, Terms>({ skeleton, records }: Opened<Skeleton>, type: string): Typed<Skeleton> & { terms: Typed<Terms> | undefined; records: Opened<Skeleton>['records'] } {
  return { ...typed(skeleton), terms: termsOf<Terms>(records, type), records };
}

/** Content of the sealed record of one type, without what binds and salts it. */
export function termsOf<Terms>(records: Readonly<Record<string, SealedRecord>>, type: string): Typed<Terms> | undefined {
  const record = Object.values(records).find((candidate) => candidate.type === type);
  if (record === undefined) return undefined;
  return typed(Object.fromEntries(Object.entries(record).filter(([field]) => field !== 'type' && field !== 'id' && field !== 'salt'))) as Typed<Terms>;
}

export function withRange({ skeleton, records }: Opened<HoldingSkeleton>): OpenedHolding {
  return { ...typed(skeleton), range: rangeOf(Object.values(records).find(({ type }) => type === 'holding')), records };
}

/** Range of a sealed holding record; undefined where there is none. */
export function rangeOf(record: SealedRecord | undefined): HoldingRange | undefined {
  const from = record?.['from'];
  const to = record?.['to'];
  if (typeof from !== 'string' || typeof to !== 'string') return undefined;
  return { from: BigInt(from), to: BigInt(to), amount: BigInt(to) - BigInt(from) + 1n };
}
