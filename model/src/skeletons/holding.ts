import type { HoldingState, LoanState, QuoteState } from '../tables/index';

/** An open proposal on a holding; ending it restores `prior` exactly. */
export interface HoldingProposal {
  /** Transaction that opened it: answers to an earlier proposal do not fit a later one. */
  readonly id: string;
  readonly kind: 'transfer' | 'quotes' | 'finance' | 'cancellation' | 'early settlement' | 'netting' | 'replacement' | 'pledge' | 'recourse';
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
  /** Of a pledge: the loan, when it is due, and where the pledge was registered. The proposal stays while the holding is pledged. */
  readonly loanId?: string;
  readonly loanDueAt?: string;
  readonly registeredAt?: string;
  readonly registrationReference?: string;
  /** Of a claim of recourse: whom it is on. */
  readonly seller?: string;
  readonly offeredAt: string;
}

/** One assignment of a claim, with the three times that decide its priority (Civil Code Art. 768). */
export interface Assignment {
  readonly from: string;
  readonly to: string;
  readonly assignedAt: string;
  /** When the obligor learned of it by endorsing; absent where the authority stood in for an obligor that was gone. */
  readonly notifiedAt?: string;
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
  /** Changes of owner in which its units were passed on, those of the holdings that it was made of included (of the longest of their ways). */
  readonly tier: number;
  /** Set when financed with recourse: `from` (the financier) may turn to `to` (the seller). */
  readonly recourse?: readonly { readonly from: string; readonly to: string }[];
  /** Money of a frozen holding: digest of the deposit, the financier of a pledge to whom it goes, and whom an order names in the owner's place. */
  readonly escrow?: { readonly deposit: string; readonly payee?: string; readonly beneficiary?: string; readonly orderId?: string };
  /** Digest of the payment that redeemed it. */
  readonly redeemedBy?: string;
  readonly createdAt: string;
  readonly root: string;
}

/** A loan against the pledge of one holding; principal and rate are sealed for owner, financier and settler. */
export interface LoanSkeleton {
  readonly id: string;
  readonly holdingId: string;
  readonly certificateId: string;
  readonly owner: string;
  readonly financier: string;
  readonly settler: string;
  /** `ended` is never written: queries derive it from the holding. */
  readonly state: LoanState;
  /** When it must be repaid; from then on the financier may enforce the pledge. */
  readonly loanDueAt: string;
  readonly draftedAt: string;
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
