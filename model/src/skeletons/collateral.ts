import type { ReceiptPledgeState, ReceiptState } from '../tables/index';

/** An offer of a receipt to another owner, or to a financier; ending it restores `prior` exactly. */
export interface ReceiptProposal {
  /** Id of the transaction. */
  readonly id: string;
  readonly kind: 'transfer' | 'pledge';
  readonly prior: ReceiptState;
  readonly expiresAt: string;
  readonly receiver?: string;
  readonly financier?: string;
  readonly settler?: string;
  readonly pledgeId?: string;
  readonly offeredAt: string;
}

/** Temperature that the goods need, in tenths of a degree Celsius. */
export interface TemperatureLimits {
  readonly min: number;
  readonly max: number;
}

/** Goods on their way from one warehouse to another. */
export interface Transit {
  /** State before, and after the arrival. */
  readonly prior: ReceiptState;
  /** Event time of the first shipping event. */
  readonly shippedAt: string;
  /** Later there is a custody gap. */
  readonly dueAt: string;
  readonly shippingEvents: readonly string[];
  /** The carrier's own events; at most 50. */
  readonly custodyEvents: readonly string[];
}

/** A warehouse receipt over a quantity of one lot; the quantity is sealed between warehouse, owner and pledgee. */
export interface ReceiptSkeleton {
  readonly id: string;
  /** Canonical id of the lot. */
  readonly lot: string;
  /** Of the {@link DepositSkeleton} that its quantity is part of. */
  readonly depositId: string;
  readonly warehouse: string;
  readonly depositor: string;
  readonly owner: string;
  readonly authority?: string;
  readonly state: ReceiptState;
  readonly parents: readonly string[];
  readonly children?: readonly string[];
  /** From then on the goods are worth nothing. */
  readonly goodsExpireAt?: string;
  readonly temperature?: TemperatureLimits;
  readonly proposal?: ReceiptProposal;
  /** While it is pledged. */
  readonly pledgeId?: string;
  readonly financier?: string;
  readonly settler?: string;
  /** While it is held: since when, and the state without the hold. */
  readonly hold?: { readonly at: string; readonly prior: ReceiptState };
  /** While it is in transit. */
  readonly transit?: Transit;
  readonly carrier?: string;
  readonly destination?: string;
  /** Shipping events of the warehouse by which the goods went to the owner. */
  readonly deliveryEvents?: readonly string[];
  readonly loss?: { readonly reporter: string; readonly evidenceHash: string; readonly at: string };
  /** Fingerprint of the maker's certificate. */
  readonly draftedBy: string;
  readonly createdAt: string;
  readonly root: string;
}

/**
 * What one receiving event of a warehouse brought of one lot. What receipts took of it is sealed between warehouse and
 * depositor and renewed by each of them: so a quantity is in at most one live receipt (invariant 6).
 */
export interface DepositSkeleton {
  readonly id: string;
  readonly eventId: string;
  readonly lot: string;
  readonly warehouse: string;
  readonly depositor: string;
  readonly createdAt: string;
  readonly root: string;
}

/** Why a receipt counts as held: its eligible value is 0. */
export interface HoldCause {
  readonly kind: 'recall' | 'expiry' | 'temperature' | 'condition' | 'custody' | 'evidence';
  /** Recall or event that is the cause. */
  readonly id?: string;
  readonly at: string;
}

/** One hop on the way from an ancestor to a lot: the event that carried goods from `from` on. */
export interface HoldHop {
  readonly from: string;
  readonly eventId: string;
}

/** An event that holds a receipt. Who wrote it does not matter: it counts by its proof alone. */
export interface ReceiptHold {
  readonly receiptId: string;
  readonly eventId: string;
  readonly reporter: string;
  readonly kind: 'temperature' | 'condition' | 'custody';
  /** From the ancestor that the event tells of to the receipt's lot; empty if it tells of the lot itself. */
  readonly way: readonly HoldHop[];
  readonly at: string;
}

/** Demand for more collateral. */
export interface MarginCall {
  readonly reason: 'value' | 'held' | 'lost';
  readonly at: string;
  /** Later the financier may liquidate. */
  readonly cureEndsAt: string;
  /** Of a call for value: the sealed valuation. */
  readonly valuationId?: string;
}

/** A loan against a warehouse receipt. Principal, rates and values are sealed between owner, financier and settler. */
export interface ReceiptPledgeSkeleton {
  readonly id: string;
  readonly receiptId: string;
  /** Root of the receipt's terms when the loan was drafted or the receipt came in. */
  readonly receiptRoot: string;
  readonly lot: string;
  readonly warehouse: string;
  readonly owner: string;
  readonly financier: string;
  readonly settler: string;
  readonly authority?: string;
  readonly state: ReceiptPledgeState;
  /** The proposal ends. */
  readonly expiresAt: string;
  /** The loan is due. */
  readonly dueAt: string;
  readonly cureHours: number;
  readonly marginCall?: MarginCall;
  readonly substitute?: { readonly receiptId: string; readonly receiptRoot: string; readonly expiresAt: string };
  readonly draftedAt: string;
  readonly paidAt?: string;
  readonly endedAt?: string;
  /** Who bought the receipt when it was liquidated. */
  readonly buyer?: string;
  /** Digest of the payment that made the loan live. */
  readonly payment?: string;
  readonly root: string;
}

/** A receipt as of now, with every cause that holds it. */
export interface ReceiptStanding {
  readonly receipt: ReceiptSkeleton;
  readonly held: boolean;
  readonly causes: readonly HoldCause[];
}

/** What a pledge is worth now to those who can read its terms; amounts in minor units. */
export interface PledgeValue {
  readonly pledgeId: string;
  /** 0 while the receipt is held. */
  readonly eligible: string;
  readonly outstanding: string;
  readonly covered: boolean;
  readonly causes: readonly HoldCause[];
}
