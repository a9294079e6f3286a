import { row } from './table';
import type { StateTable } from './table';

export type InvoiceState = 'matched' | 'exception' | 'blocked' | 'approved' | 'accepted' | 'certified';
export const invoiceTable: StateTable<InvoiceState> = {
  object: 'invoice',
  transitions: [
    row([null], 'submitInvoice', ['supplier'], 'matched', 'lines add up; no live fingerprint; exception if the match policy is not met, blocked if it resembles a live invoice', ['exception', 'blocked']),
    row(['blocked'], 'overrideNearDuplicate', ['obligor'], 'matched', 'checker, with a reason'),
    row(['matched'], 'approveInvoice', ['obligor'], 'approved', 'maker'),
    row(['approved'], 'acceptInvoice', ['obligor'], 'accepted', 'checker, another identity than the maker'),
    row(['accepted'], 'issueCertificate', ['obligor'], 'certified', 'used by no other certificate'),
    row(['certified'], 'releaseInvoice', ['obligor', 'supplier'], 'accepted', 'its certificate was refused or withdrawn'),
  ],
};
