import type { CertificateState, CreditLineState, CreditReservationState, DisputeState, EarlySettlementState, HoldingState, InvoiceState, LoanState, MotionState, OrderState, QuoteState } from '../../model/src';
import type { Slug } from '../support/network';
import type { ModelReceipt } from './stored-goods';

/** What one of two trading partners proposed to the other. */
export interface ModelTradeProposal<Kind extends string, State> {
  readonly kind: Kind;
  readonly proposer: Slug;
  readonly receiver: Slug;
  readonly prior: State;
  readonly expiresAt: number;
}

/** What the plain model knows of an order. It is between two parties and needs no goods: it is matched two-way. */
export interface ModelOrder {
  readonly id: string;
  readonly obligor: Slug;
  readonly supplier: Slug;
  readonly expiresAt: number;
  quantity: bigint;
  unitPrice: bigint;
  state: OrderState;
  proposal?: (ModelTradeProposal<'amendment' | 'cancellation', OrderState> & { readonly quantity?: bigint; readonly unitPrice?: bigint }) | undefined;
}

export interface ModelInvoice {
  readonly id: string;
  readonly order: ModelOrder;
  /** Price of a unit as it was invoiced. */
  readonly unitPrice: bigint;
  /** What was submitted, in minor units: look-alikes are found by it. */
  readonly submitted: bigint;
  /** The invoice that a disputed part was taken out of. */
  readonly partOf?: ModelInvoice;
  quantity: bigint;
  /** Minor units. */
  total: bigint;
  state: InvoiceState;
  /** Whether it differs from its order, by the last comparison. */
  differs: boolean;
  /** Whether a look-alike was live when it came. */
  resembles: boolean;
  overridden?: boolean;
  /** A part was taken out of it. */
  divided?: boolean;
  proposal?: (ModelTradeProposal<'credit note' | 'waiver' | 'resolution', InvoiceState> & { readonly outcome?: 'matched' | 'cancelled'; readonly quantity?: bigint; readonly total?: bigint }) | undefined;
  certificateId?: string | undefined;
}

export interface ModelCertificate {
  readonly id: string;
  readonly obligor: Slug;
  readonly supplier: Slug;
  readonly settler: Slug;
  readonly invoices: readonly ModelInvoice[];
  readonly face: bigint;
  readonly dueAt: number;
  /** Until when it is to be answered. */
  readonly expiresAt: number;
  readonly firstHoldingId: string;
  readonly creditLine?: ModelCreditLine | undefined;
  state: CertificateState;
  replacement?: { readonly serial: number; readonly expiresAt: number } | undefined;
  /** The dispute that stands on it. */
  dispute?: ModelDispute | undefined;
  /** Whether the settler was shown its terms. */
  shown?: boolean;
  /** How far its ended holdings were counted, and whether it was defaulted then. */
  tally?: { readonly covered: bigint; readonly defaulted: boolean };
}

export type ProposalKind = 'transfer' | 'quotes' | 'finance' | 'pledge' | 'netting' | 'replacement' | 'cancellation' | 'early settlement' | 'recourse';

export interface ModelProposal {
  /** Tells one proposal from an earlier one on the same holding. */
  readonly serial: number;
  readonly kind: ProposalKind;
  readonly prior: HoldingState;
  readonly expiresAt: number;
  readonly receiver?: Slug;
  readonly financiers?: readonly Slug[];
  readonly recourse?: 'with' | 'without';
  readonly quoteId?: string;
  readonly financier?: Slug;
  /** Whether the settler was shown the deal. */
  opened?: boolean;
  readonly loan?: ModelLoan;
  readonly offer?: ModelEarlyOffer;
  /** Serial of the replacement that its owner agreed to. */
  readonly replacement?: number;
  readonly dispute?: ModelDispute;
  readonly seller?: Slug;
}

export interface ModelHolding {
  readonly id: string;
  readonly certificate: ModelCertificate;
  readonly from: bigint;
  readonly to: bigint;
  owner: Slug;
  state: HoldingState;
  proposal?: ModelProposal | undefined;
  /** Changes of owner, those of the holdings that it was made of included. */
  tier: number;
  /** Whether the settler holds its present terms. */
  presented?: boolean;
  /** Who keeps its terms beside the owner, if not the obligor: the authority, since a default. */
  standIn?: Slug;
  /** Sellers who may be turned to, the last one first of all; `from` is who may. */
  recourse: readonly { readonly from: Slug; readonly to: Slug }[];
  /** Whether the last assignment of this very holding is registered; undefined: it has none. */
  registered?: boolean | undefined;
  /** Counts its sealed records: each owner gets a new one. */
  sealed: number;
  /** Where the money in escrow goes: by the pledge, and by an order. */
  escrow?: { readonly payee: Slug; readonly deposit: string; beneficiary?: Slug; accounted?: boolean };
}

export interface ModelQuote {
  readonly id: string;
  readonly holding: ModelHolding;
  readonly financier: Slug;
  readonly request: number;
  readonly expiresAt: number;
  state: QuoteState;
}

export interface ModelLoan {
  readonly id: string;
  readonly holding: ModelHolding;
  readonly owner: Slug;
  readonly financier: Slug;
  readonly dueAt: number;
  /** The record of the holding that was shown with the draft. */
  readonly sealed: number;
  state: LoanState;
}

/** The obligor's offer to pay a holding before its due date. */
export interface ModelEarlyOffer {
  readonly id: string;
  readonly holding: ModelHolding;
  readonly owner: Slug;
  readonly expiresAt: number;
  state: EarlySettlementState;
}

export interface ModelDispute {
  readonly id: string;
  readonly certificate: ModelCertificate;
  readonly author: Slug;
  readonly endsAt: number;
  state: DisputeState;
  /** The authority ordered to cancel. */
  ordered?: boolean;
}

export interface ModelCreditLine {
  readonly id: string;
  readonly financier: Slug;
  readonly obligor: Slug;
  limit: bigint;
  state: CreditLineState;
}

/** Room on a line for one certificate over these invoices. */
export interface ModelReservation {
  readonly line: ModelCreditLine;
  readonly certificateId: string;
  readonly invoices: readonly ModelInvoice[];
  readonly amount: bigint;
  readonly expiresAt: number;
  state: CreditReservationState;
}

/** A payment reference that was used, with what for: again for the same is no change, for something else refused. */
export interface ModelPayment {
  readonly reference: string;
  readonly settler: Slug;
  readonly what: string;
}

/** The inspector's word on a certificate. */
export interface ModelInspection {
  readonly id: string;
  readonly certificate: ModelCertificate;
  revoked: boolean;
}

/** An order of the authority over one certificate or one holding. */
export interface ModelFreeze {
  readonly orderId: string;
  readonly certificate: ModelCertificate;
  /** Undefined: the whole certificate. */
  readonly holding: ModelHolding | undefined;
  readonly endsAt: number;
  lifted: boolean;
}

/** An order of the authority over one warehouse receipt. */
export interface ModelReceiptFreeze {
  readonly orderId: string;
  readonly receipt: ModelReceipt;
  readonly endsAt: number;
  lifted: boolean;
}

/** A change that is put to the vote; it never gets the votes that it needs. */
export interface ModelMotion {
  readonly id: string;
  readonly proposer: Slug;
  readonly expiresAt: number;
  readonly votes: Map<Slug, boolean>;
  state: MotionState;
}

/** Minor units of a holding. */
export function sizeOf({ from, to }: Pick<ModelHolding, 'from' | 'to'>): bigint {
  return to - from + 1n;
}

/** Minor units of several holdings. */
export function sumOf(holdings: readonly Pick<ModelHolding, 'from' | 'to'>[]): bigint {
  return holdings.reduce((sum, holding) => sum + sizeOf(holding), 0n);
}
