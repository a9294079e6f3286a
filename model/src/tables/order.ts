import { row } from './table';
import type { StateTable } from './table';

export type OrderState = 'issued' | 'accepted' | 'refused';
export const orderTable: StateTable<OrderState> = {
  object: 'order',
  transitions: [
    row([null], 'issueOrder', ['obligor'], 'issued', 'supplier is an active member; not expired'),
    row(['issued'], 'acceptOrder', ['supplier'], 'accepted', 'before expiry'),
    row(['issued'], 'refuseOrder', ['supplier'], 'refused'),
  ],
};
