import type { CreditLineState, CreditReservationState, DisputeState, FreezeState } from '../tables/index';

/** What an order of the authority may freeze: a certificate with all its holdings, one holding, or one warehouse receipt. */
export const freezeScopes = ['certificate', 'holding', 'receipt'] as const;
export type FreezeScope = (typeof freezeScopes)[number];

/** Why an authority freezes. */
export const freezeReasons = ['court order', 'insolvency', 'sanctions', 'fraud investigation', 'tax'] as const;
export type FreezeReason = (typeof freezeReasons)[number];

/** One order of an authority (finance.md, "any live → frozen → prior state"). It counts with its author's anchor only, and only before its end. */
export interface FreezeSkeleton {
  readonly orderId: string;
  readonly scopeType: FreezeScope;
  readonly scopeId: string;
  /** The certificate that is frozen or of which the holding is; a receipt has none. */
  readonly certificateId?: string;
  /** The authority that gave the order. */
  readonly author: string;
  readonly state: FreezeState;
  readonly reason: FreezeReason;
  readonly frozenAt: string;
  readonly endsAt: string;
  /** The order that lifted it. */
  readonly liftedBy?: string;
  readonly liftedAt?: string;
}

/** Why a certificate is disputed. */
export const disputeReasons = ['quality', 'quantity', 'not delivered', 'fraud', 'other'] as const;
export type DisputeReason = (typeof disputeReasons)[number];

/**
 * `suspends`: nothing of the certificate changes hands. `flags`: the certificate goes on as it is, because third parties
 * may hold it; it only takes no new finance (finance.md, "independence rule").
 */
export type DisputeEffect = 'suspends' | 'flags';

/** A dispute of a certificate. What the obligor claims of the first supplier is sealed between the two. */
export interface DisputeSkeleton {
  readonly id: string;
  readonly certificateId: string;
  readonly obligor: string;
  readonly supplier: string;
  /** Who opened it: the obligor, or an authority by an order. */
  readonly author: string;
  readonly state: DisputeState;
  readonly effect: DisputeEffect;
  readonly reason: DisputeReason;
  /** The order of the authority that opened it. */
  readonly orderId?: string;
  readonly openedAt: string;
  readonly endsAt: string;
  readonly endedAt?: string;
  /** Order of the authority that ended it. */
  readonly endedBy?: string;
  /** Of the sealed claim on the first supplier; an authority's dispute has none. */
  readonly root?: string;
}

/** What a certificate says of the dispute that is open on it. */
export interface CertificateDispute extends Pick<DisputeSkeleton, 'id' | 'author' | 'effect' | 'endsAt'> {
  /** Order of the authority to cancel the certificate. */
  readonly cancellationOrder?: string;
}

/** A line that a financier gives an obligor. Limit and use are sealed between the two. */
export interface CreditLineSkeleton {
  readonly id: string;
  readonly financier: string;
  readonly obligor: string;
  readonly state: CreditLineState;
  readonly setAt: string;
  readonly root: string;
}

/** Room on a credit line for one certificate; its amount is sealed between financier and obligor. */
export interface CreditReservationSkeleton {
  readonly creditLineId: string;
  readonly certificateId: string;
  readonly financier: string;
  readonly obligor: string;
  readonly state: CreditReservationState;
  /** The certificate must be issued before. */
  readonly expiresAt: string;
  readonly reservedAt: string;
  readonly releasedAt?: string;
  readonly root: string;
}
