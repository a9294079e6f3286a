import type { FreezeState } from '../tables/index';

/** What an order of the authority may freeze: a certificate with all its holdings, or one holding. */
export const freezeScopes = ['certificate', 'holding'] as const;
export type FreezeScope = (typeof freezeScopes)[number];

/** Why an authority freezes. */
export const freezeReasons = ['court order', 'insolvency', 'sanctions', 'fraud investigation', 'tax'] as const;
export type FreezeReason = (typeof freezeReasons)[number];

/** One order of an authority (finance.md, "any live → frozen → prior state"). It counts with its author's anchor only, and only before its end. */
export interface FreezeSkeleton {
  readonly orderId: string;
  readonly scopeType: FreezeScope;
  readonly scopeId: string;
  readonly certificateId: string;
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
