import { row } from './table';
import type { StateTable } from './table';

export type CreditLineState = 'open' | 'closed';
export const creditLineTable: StateTable<CreditLineState> = {
  object: 'creditLine',
  transitions: [
    row([null], 'setCreditLine', ['financier'], 'open', 'limit sealed between financier and obligor'),
    row(['open'], 'changeCreditLine', ['financier'], 'open', 'not below what is reserved'),
    row(['open'], 'closeCreditLine', ['financier'], 'closed', 'what is reserved stays reserved'),
    row(['open'], 'reserveCredit', ['obligor'], 'open', 'what is reserved stays within the limit'),
    row(['open', 'closed'], 'releaseCredit', ['obligor', 'financier'], 'open', 'or closed, as before', ['closed']),
  ],
};

export type CreditReservationState = 'reserved' | 'released';
export const creditReservationTable: StateTable<CreditReservationState> = {
  object: 'creditReservation',
  transitions: [
    row([null], 'reserveCredit', ['obligor'], 'reserved', 'for one certificate that does not exist yet; amount = its face'),
    row(['reserved'], 'releaseCredit', ['obligor', 'financier'], 'released', 'its certificate has ended, or was not issued before the reservation expired'),
  ],
};
