import type { CertificateState, HoldingState, InvoiceState, PaymentSkeleton, ReceiptPledgeState, ReceiptState } from '../../../model/src';
import type { Slug } from '../../support/network';

/** What the plan says a holding is when the year is over. */
export interface PlannedHolding {
  readonly id: string;
  readonly from: bigint;
  readonly to: bigint;
  owner: Slug;
  state: HoldingState;
  /** Financier of a pledge, who is paid in the owner's place. */
  pledgee?: Slug;
  /** Reference of the payment that redeemed it. */
  redeemedBy?: string;
}

/** A payment that the settler attests. */
export interface PlannedPayment {
  readonly reference: string;
  readonly purpose: PaymentSkeleton['purpose'];
  readonly holdingIds: readonly string[];
  readonly paidBy: Slug;
  readonly paidTo: Slug;
  /** Minor units that change hands, fee and discount aside. */
  readonly amount: bigint;
  readonly lateFee: bigint;
  readonly discount: bigint;
  /** Of a pay-out: the quote that says the amount. */
  readonly quoteId?: string;
}

export interface PlannedInvoice {
  readonly id: string;
  state: InvoiceState;
}

export interface PlannedCertificate {
  readonly id: string;
  readonly obligor: Slug;
  readonly supplier: Slug;
  readonly face: bigint;
  readonly state: CertificateState;
  readonly paidLate: boolean;
  readonly holdings: readonly PlannedHolding[];
}

export interface PlannedReceipt {
  readonly id: string;
  readonly pledgeId: string;
  readonly owner: Slug;
  readonly state: ReceiptState;
  readonly pledge: ReceiptPledgeState;
}

/** Minor units of a holding. */
export function sizeOf({ from, to }: Pick<PlannedHolding, 'from' | 'to'>): bigint {
  return to - from + 1n;
}
