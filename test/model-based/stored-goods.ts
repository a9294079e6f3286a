import type { ReceiptPledgeState, ReceiptState } from '../../model/src';
import type { Slug } from '../support/network';

/** A lot of which one receiving event brought a quantity into the carrier's warehouse. */
export interface ModelLot {
  /** In canonical form. */
  readonly id: string;
  readonly eventId: string;
  readonly brought: bigint;
  /** Whose goods it brought; undefined before the first receipt. */
  depositor?: Slug;
  /** What receipts took of it. */
  receipted: bigint;
  /** Ids of the recalls that stand. */
  readonly recalls: Set<string>;
  inspected: boolean;
}

export interface ModelReceipt {
  readonly id: string;
  readonly lot: ModelLot;
  readonly depositor: Slug;
  readonly quantity: bigint;
  /** From then on the goods are worth nothing. */
  readonly goodsExpireAt?: number | undefined;
  owner: Slug;
  state: ReceiptState;
  proposal?: { readonly prior: ReceiptState; readonly expiresAt: number; readonly receiver?: Slug; readonly pledge?: ModelReceiptPledge } | undefined;
  /** The loan that it is pledged for. */
  pledge?: ModelReceiptPledge | undefined;
  /** While it is held: the state before. */
  hold?: ReceiptState | undefined;
  /** An event that tells of a breach holds it for good. */
  breached?: boolean;
  /** Counts its sealed records: each owner gets a new one. */
  sealed: number;
}

export interface ModelReceiptPledge {
  readonly id: string;
  readonly owner: Slug;
  readonly financier: Slug;
  readonly expiresAt: number;
  readonly dueAt: number;
  readonly cureHours: number;
  /** What a unit is worth, and how much of it is lent on. */
  readonly unitValue: bigint;
  readonly advanceBps: number;
  receipt: ModelReceipt;
  /** The record of the receipt that was shown with the draft. */
  sealed: number;
  outstanding: bigint;
  state: ReceiptPledgeState;
  call?: { readonly reason: 'value' | 'held' | 'lost'; readonly cureEndsAt: number; readonly unitValue?: bigint; shown?: boolean } | undefined;
  substitute?: { readonly receipt: ModelReceipt; readonly sealed: number; readonly expiresAt: number } | undefined;
  /** What a sale brought, once it was accounted for. */
  proceeds?: bigint;
}

/** Minor units that are lent on a quantity. */
export function eligible(quantity: bigint, unitValue: bigint, { advanceBps }: Pick<ModelReceiptPledge, 'advanceBps'>): bigint {
  return (quantity * unitValue * BigInt(advanceBps)) / 10_000n;
}

/** What a unit is worth by the valuation of a standing call, else by the loan. */
export function unitValueNow({ call, unitValue }: ModelReceiptPledge): bigint {
  return call?.unitValue ?? unitValue;
}

/** The receipt without its pledge; a hold or a loss stays. */
export function freed(receipt: ModelReceipt): void {
  receipt.pledge = undefined;
  if (receipt.state === 'held') receipt.hold = 'active';
  else if (receipt.state !== 'lost') receipt.state = 'active';
}
