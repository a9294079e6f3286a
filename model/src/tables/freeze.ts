import { row } from './table';
import type { StateTable } from './table';

/** `ended` is never written: a freeze whose end has come does not count, without a transaction. */
export type FreezeState = 'in force' | 'lifted' | 'ended';
export const freezeTable: StateTable<FreezeState> = {
  object: 'freeze',
  transitions: [
    row([null], 'freezeCertificate', ['authority'], 'in force', 'order id, reason, end; the certificate is a live claim; needs neither the obligor nor an owner'),
    row([null], 'freezeHolding', ['authority'], 'in force', 'order id, reason, end; the holding is a live claim; needs neither the obligor nor its owner'),
    row([null], 'freezeReceipt', ['authority'], 'in force', 'order id, reason, end; the receipt is live and consented to; needs neither the warehouse nor its owner'),
    row(['in force'], 'liftFreeze', ['authority'], 'lifted', 'before the end of the order; by another order'),
  ],
};
