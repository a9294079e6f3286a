import { z } from 'zod';
import { amount, date, id, longText, shortText, timestamp } from '../../schemas';
import type { InvoiceSkeleton } from '../../skeletons';
import { submitVerb, type } from '../../verb';
import { invoiceLines } from './invoicing';
import { invoiceOnly, trade } from './shared';

/** A credit note, sealed between supplier and obligor: `lines` are what is left of the invoice's lines, `amount` what the invoice is reduced by. */
export const creditNoteTerms = z.strictObject({ number: shortText, issueDate: date, amount, lines: invoiceLines });
export type CreditNoteTerms = z.infer<typeof creditNoteTerms>;

/** Why the obligor lets exceptions pass, sealed between supplier and obligor. */
export const waiverTerms = z.strictObject({ reason: longText });
export type WaiverTerms = z.infer<typeof waiverTerms>;

const parties = { ...trade, roles: ['obligor', 'supplier'], endorsers: ['supplier', 'obligor'], result: type<InvoiceSkeleton>() } as const;

/** How an invoice that does not match comes to match. */
export const correctingVerbs = {
  rematchInvoice: submitVerb({ ...parties, name: 'rematchInvoice', summary: 'Supplier or buyer compares an exception anew with the order and the receipts of now.', input: invoiceOnly, openings: ['invoice', 'order', 'quantities'] }),
  proposeCreditNote: submitVerb({ ...parties, roles: ['supplier'], name: 'proposeCreditNote', summary: 'The supplier offers a credit note that reduces the invoice.', input: z.strictObject({ invoiceId: id, creditNoteId: id, expiresAt: timestamp }), sealed: creditNoteTerms, openings: ['invoice'] }),
  acceptCreditNote: submitVerb({ ...parties, name: 'acceptCreditNote', summary: 'The buyer accepts the credit note; the reduced invoice is compared anew, the old one kept as an earlier version.', input: invoiceOnly, openings: ['invoice', 'creditNote', 'order', 'quantities'] }),
  proposeWaiver: submitVerb({ ...parties, users: ['checker'], name: 'proposeWaiver', summary: "The buyer's checker offers to let the exceptions of an invoice pass, with a reason.", input: z.strictObject({ invoiceId: id, expiresAt: timestamp }), sealed: waiverTerms }),
  acceptWaiver: submitVerb({ ...parties, roles: ['supplier'], name: 'acceptWaiver', summary: 'The supplier agrees to the waiver; the invoice is matched.', input: invoiceOnly, openings: ['invoice', 'quantities'] }),
  refuseInvoiceChange: submitVerb({ ...parties, name: 'refuseInvoiceChange', summary: 'The other side refuses a credit note, a waiver or a resolution; the invoice is as it was.', input: invoiceOnly, whileSuspended: true }),
  withdrawInvoiceChange: submitVerb({ ...parties, name: 'withdrawInvoiceChange', summary: 'Who proposed a credit note, a waiver or a resolution takes it back; the invoice is as it was.', input: invoiceOnly, whileSuspended: true }),
  expireInvoiceChange: submitVerb({ ...parties, roles: [], name: 'expireInvoiceChange', summary: 'Anyone ends a proposed change whose time is over; the invoice is as it was.', input: invoiceOnly, whileSuspended: true }),
} as const;
