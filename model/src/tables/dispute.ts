import { row } from './table';
import type { StateTable } from './table';

export type DisputeState = 'open' | 'resolved' | 'upheld';
export const disputeTable: StateTable<DisputeState> = {
  object: 'dispute',
  transitions: [
    row([null], 'disputeCertificate', ['obligor'], 'open', 'no other dispute of the certificate is open; an end within 30 days; gives the obligor a claim on the first supplier'),
    row([null], 'suspendCertificate', ['authority'], 'open', 'no other dispute of the certificate is open; order id and end'),
    row(['open'], 'orderCancellation', ['authority'], 'open', 'the dispute suspends the certificate; order id'),
    row(['open'], 'resolveDispute', ['anyone'], 'resolved', 'by whoever opened it, by the authority, or by anyone once its end has come'),
    row(['open'], 'cancelCertificate', ['obligor'], 'upheld', 'the owners of all units agreed'),
    row(['open'], 'executeCancellation', ['obligor'], 'upheld', "by the authority's order"),
  ],
};
