import { row } from './table';
import type { StateTable } from './table';

export type InvoiceState =
  | 'matched'
  | 'exception'
  | 'blocked'
  | 'approved'
  | 'accepted'
  | 'certified'
  | 'credit note proposed'
  | 'waiver proposed'
  | 'disputed'
  | 'resolution proposed'
  | 'withdrawn'
  | 'cancelled';

const proposed: readonly InvoiceState[] = ['credit note proposed', 'waiver proposed', 'resolution proposed'];

/** `self` is who proposed a change, `receiver` the other of the two. A part that is disputed comes into being as an invoice of its own. */
export const invoiceTable: StateTable<InvoiceState> = {
  object: 'invoice',
  transitions: [
    row([null], 'submitInvoice', ['supplier'], 'matched', 'lines add up; no live fingerprint; exception if the match policy is not met, blocked if it resembles a live invoice', ['exception', 'blocked']),
    row([null], 'selfBillInvoice', ['obligor'], 'matched', 'the order is invoiced on receipt; as submitInvoice', ['blocked']),
    row(['blocked'], 'overrideNearDuplicate', ['obligor'], 'matched', 'checker, with a reason'),
    row(['matched'], 'approveInvoice', ['obligor'], 'approved', 'maker'),
    row(['approved'], 'acceptInvoice', ['obligor'], 'accepted', 'checker, another identity than the maker'),
    row(['exception'], 'rematchInvoice', ['supplier', 'obligor'], 'matched', 'compared anew with the order and the receipts of now; exception if it still differs, blocked if it resembles a live invoice', ['exception', 'blocked']),
    row(['exception', 'disputed'], 'proposeCreditNote', ['supplier'], 'credit note proposed', 'reduces the invoice, leaves at least one minor unit'),
    row(['exception'], 'proposeWaiver', ['obligor'], 'waiver proposed', 'with a reason'),
    row(['credit note proposed'], 'acceptCreditNote', ['receiver'], 'matched', 'before expiry; exception if the reduced invoice still differs, blocked if it resembles a live invoice', ['exception', 'blocked']),
    row(['waiver proposed'], 'acceptWaiver', ['receiver'], 'matched', 'before expiry; blocked if it resembles a live invoice', ['blocked']),
    row([null, 'matched', 'exception', 'blocked', 'approved'], 'disputeInvoice', ['supplier', 'obligor'], 'disputed', 'with a reason; of a part: the part is a new invoice that is disputed, the rest is compared anew and goes on', ['matched', 'exception', 'blocked']),
    row(['disputed'], 'proposeResolution', ['supplier', 'obligor'], 'resolution proposed', 'as matched or cancelled'),
    row(['resolution proposed'], 'acceptResolution', ['receiver'], 'matched', 'before expiry; as proposed; blocked if it resembles a live invoice', ['cancelled', 'blocked']),
    row(proposed, 'refuseInvoiceChange', ['receiver'], 'exception', 'as it was before the proposal', ['disputed']),
    row(proposed, 'withdrawInvoiceChange', ['self'], 'exception', 'as it was before the proposal', ['disputed']),
    row(proposed, 'expireInvoiceChange', ['anyone'], 'exception', 'its expiry has passed; as it was before the proposal', ['disputed']),
    row(['matched', 'exception', 'blocked', 'approved', 'disputed'], 'withdrawInvoice', ['supplier'], 'withdrawn', 'its fingerprints are free again'),
    row(['accepted'], 'issueCertificate', ['obligor'], 'certified', 'used by no other certificate'),
    row(['certified'], 'releaseInvoice', ['anyone'], 'accepted', 'together with its certificate, which was refused, withdrawn or expired: the row of the certificate says by whom'),
  ],
};

/** States in which an invoice is a claim no more; its fingerprints are free unless another part of it is still live. */
export const endedInvoiceStates: readonly InvoiceState[] = ['withdrawn', 'cancelled'];
