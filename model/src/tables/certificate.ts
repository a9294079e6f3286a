import { row } from './table';
import type { StateTable } from './table';

export type CertificateState = 'proposed' | 'issued' | 'active' | 'due' | 'settled' | 'cancelled' | 'disputed' | 'partly settled' | 'overdue' | 'defaulted' | 'replaced';
export const certificateTable: StateTable<CertificateState> = {
  object: 'certificate',
  transitions: [
    row([null], 'issueCertificate', ['obligor'], 'proposed', 'accepted invoices of one supplier, none used before, sum = face; tenor within limits; a settler that is no party; maker'),
    row(['proposed'], 'confirmCertificate', ['obligor'], 'issued', 'checker, another identity than the maker'),
    row(['issued'], 'acceptCertificate', ['supplier'], 'active', 'before the due date'),
    row(['issued'], 'refuseCertificate', ['supplier'], 'cancelled'),
    row(['proposed', 'issued'], 'withdrawCertificate', ['obligor'], 'cancelled'),
    row(['proposed', 'issued'], 'expireCertificate', ['anyone'], 'cancelled', 'after the answer deadline; invoices released'),
    row(['active'], 'declareDue', ['anyone'], 'due', 'transaction time at or after the due date'),
    row(['due', 'partly settled'], 'declareOverdue', ['anyone'], 'overdue', 'after the grace days'),
    row(['overdue'], 'declareDefault', ['owner', 'authority'], 'defaulted', 'by the owner of a live holding after the days to default; by the authority with an order at any time'),
    row(['due', 'partly settled', 'overdue', 'defaulted'], 'presentForSettlement', ['obligor', 'owner'], 'due', 'live holdings, opened to the settler; the state stays as it is', ['partly settled', 'overdue', 'defaulted']),
    row(['due', 'partly settled', 'overdue', 'defaulted'], 'settleHoldings', ['settler'], 'partly settled', 'derived: a due certificate of which a holding was paid is partly settled, nothing is written; an overdue or defaulted one stays so', ['overdue', 'defaulted']),
    row(['due', 'partly settled', 'overdue', 'defaulted'], 'settlePart', ['settler'], 'partly settled', 'as settleHoldings, of a part of one holding', ['overdue', 'defaulted']),
    row(['active', 'due', 'partly settled', 'overdue', 'defaulted'], 'tallyCertificate', ['obligor', 'settler'], 'due', 'ended holdings go on where earlier tallies stopped; the state stays as it is', ['active', 'partly settled', 'overdue', 'defaulted']),
    row(['active', 'due', 'partly settled', 'overdue', 'defaulted'], 'closeCertificate', ['obligor', 'settler'], 'settled', 'redeemed and netted holdings cover 1…face; an active one was settled early'),
    row(['active'], 'proposeReplacement', ['obligor'], 'active', 'registry and hash of the document; no other proposal is open'),
    row(['active'], 'withdrawReplacement', ['obligor'], 'active'),
    row(['active'], 'replaceCertificate', ['obligor'], 'replaced', 'the owners of all live holdings agreed; these and what was redeemed or netted cover 1…face'),
    row(['active'], 'disputeCertificate', ['obligor'], 'disputed', 'all units are still with the first supplier, none locked for finance; otherwise the certificate is flagged only and stays active', ['active']),
    row(['active'], 'suspendCertificate', ['authority'], 'disputed', 'by an order with an end'),
    row(['disputed'], 'resolveDispute', ['anyone'], 'active', 'by whoever opened the dispute, by the authority, or by anyone once its end has come'),
    row(['disputed'], 'cancelCertificate', ['obligor'], 'cancelled', 'the owners of all units agreed'),
    row(['disputed'], 'executeCancellation', ['obligor'], 'cancelled', "by the authority's order; all units are still with the first supplier"),
  ],
};
