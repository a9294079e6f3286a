import type { HoldingState, QuoteState } from '../tables/index';

/** An open proposal on a holding; ending it restores `prior` exactly. */
export interface HoldingProposal {
  /** Transaction that opened it: answers to an earlier proposal do not fit a later one. */
  readonly id: string;
  readonly kind: 'transfer' | 'quotes' | 'finance' | 'cancellation' | 'early settlement' | 'netting' | 'replacement';
  readonly prior: HoldingState;
  readonly expiresAt: string;
  readonly receiver?: string;
  readonly tradeReference?: { readonly type: 'order' | 'invoice'; readonly id: string };
  readonly financiers?: readonly string[];
  readonly recourse?: 'with' | 'without';
  readonly quoteId?: string;
  readonly financier?: string;
  readonly earlySettlementId?: string;
  readonly replacementId?: string;
  readonly disputeId?: string;
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
  /** Keeps the sealed terms in the obligor's place since a change after the default; see docs/obligation.md. */
  readonly standIn?: string;
  readonly owner: string;
  readonly state: HoldingState;
  readonly parents: readonly string[];
  readonly children?: readonly string[];
  readonly proposal?: HoldingProposal;
  readonly assignments: readonly Assignment[];
  /** Set when financed with recourse: `from` (the financier) may turn to `to` (the seller). */
  readonly recourse?: readonly { readonly from: string; readonly to: string }[];
  /** Money of a frozen holding: digest of the deposit, and whom an order names in the owner's place. */
  readonly escrow?: { readonly deposit: string; readonly beneficiary?: string; readonly orderId?: string };
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
