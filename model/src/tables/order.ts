import { row } from './table';
import type { StateTable } from './table';

export type OrderState = 'issued' | 'accepted' | 'refused' | 'expired' | 'amendment proposed' | 'cancellation proposed' | 'cancelled';
/** `self` is who proposed the change, `receiver` the other of the two. */
export const orderTable: StateTable<OrderState> = {
  object: 'order',
  transitions: [
    row([null], 'issueOrder', ['obligor'], 'issued', 'supplier is an active member; not expired'),
    row(['issued'], 'acceptOrder', ['supplier'], 'accepted', 'before expiry'),
    row(['issued'], 'refuseOrder', ['supplier'], 'refused'),
    row(['issued'], 'expireOrder', ['anyone'], 'expired', 'its expiry has passed'),
    row(['accepted'], 'proposeOrderAmendment', ['obligor', 'supplier'], 'amendment proposed', 'each line covers what was shipped and invoiced; nothing else of such a line changes but its price'),
    row(['accepted'], 'proposeOrderCancellation', ['obligor', 'supplier'], 'cancellation proposed', 'nothing shipped that was not refused; nothing invoiced'),
    row(['amendment proposed'], 'acceptOrderAmendment', ['receiver'], 'accepted', 'before expiry; the new version counts, the old one is kept'),
    row(['cancellation proposed'], 'acceptOrderCancellation', ['receiver'], 'cancelled', 'before expiry; still nothing shipped or invoiced'),
    row(['amendment proposed', 'cancellation proposed'], 'refuseOrderChange', ['receiver'], 'accepted', 'as it was before the proposal'),
    row(['amendment proposed', 'cancellation proposed'], 'withdrawOrderChange', ['self'], 'accepted', 'as it was before the proposal'),
    row(['amendment proposed', 'cancellation proposed'], 'expireOrderChange', ['anyone'], 'accepted', 'its expiry has passed; as it was before the proposal'),
  ],
};

/** States in which an order is no reason for anything any more. */
export const endedOrderStates: readonly OrderState[] = ['refused', 'expired', 'cancelled'];
