import { row } from './table';
import type { StateTable } from './table';

export type CertificateState = 'proposed' | 'issued' | 'active' | 'due' | 'settled' | 'cancelled';
export const certificateTable: StateTable<CertificateState> = {
  object: 'certificate',
  transitions: [
    row([null], 'issueCertificate', ['obligor'], 'proposed', 'accepted invoices of one supplier, none used before, sum = face; tenor within limits; a settler that is no party; maker'),
    row(['proposed'], 'confirmCertificate', ['obligor'], 'issued', 'checker, another identity than the maker'),
    row(['issued'], 'acceptCertificate', ['supplier'], 'active', 'before the due date'),
    row(['issued'], 'refuseCertificate', ['supplier'], 'cancelled'),
    row(['proposed', 'issued'], 'withdrawCertificate', ['obligor'], 'cancelled'),
    row(['active'], 'declareDue', ['anyone'], 'due', 'transaction time at or after the due date'),
    row(['due'], 'presentForSettlement', ['obligor'], 'due', 'live holdings, opened to the settler'),
    row(['due'], 'closeCertificate', ['obligor', 'settler'], 'settled', 'redeemed holdings cover 1…face'),
  ],
};
