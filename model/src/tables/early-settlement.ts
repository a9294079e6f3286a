import { row } from './table';
import type { StateTable } from './table';

export type EarlySettlementState = 'open' | 'withdrawn' | 'refused' | 'accepted' | 'settled' | 'cancelled';
/** An obligor's offer to pay a holding before its due date, less a discount that only obligor, owner and settler know. */
export const earlySettlementTable: StateTable<EarlySettlementState> = {
  object: 'early settlement',
  transitions: [
    row([null], 'offerEarlySettlement', ['obligor'], 'open', 'certificate active; discount below the amount; the holding stays as it is'),
    row(['open'], 'withdrawEarlySettlement', ['obligor'], 'withdrawn'),
    row(['open'], 'refuseEarlySettlement', ['owner'], 'refused'),
    row(['open'], 'acceptEarlySettlement', ['owner'], 'accepted', 'before expiry; the same owner; the holding is locked'),
    row(['accepted'], 'confirmEarlySettlement', ['settler'], 'settled', 'unique payment reference'),
    row(['accepted'], 'cancelEarlySettlement', ['obligor', 'owner'], 'cancelled', 'by the owner after expiry; the holding is as it was'),
  ],
};
