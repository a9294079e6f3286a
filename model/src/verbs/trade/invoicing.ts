import { z } from 'zod';
import { amount, amountOrZero, currency, date, id, longText, quantity, shortText, unit } from '../../schemas';
import type { InvoiceSkeleton } from '../../skeletons';
import { submitVerb, type } from '../../verb';
import type { Created } from '../../verb';
import { invoiceOnly, line, trade } from './shared';

/** Lines of an invoice. When submitted, each amount is quantity × unit price; the dispute of a part takes quantity and amount off a line. */
export const invoiceLines = z.array(z.strictObject({ line, quantity, unit, unitPrice: amount, amount: amountOrZero })).min(1).max(100);

/** An invoice, sealed between supplier and obligor. Amounts in minor units. */
export const invoiceTerms = z.strictObject({
  number: shortText,
  issueDate: date,
  currency,
  lines: invoiceLines,
  total: amount,
});
export type InvoiceTerms = z.infer<typeof invoiceTerms>;

const invoiceInput = z.strictObject({ invoiceId: id, orderId: id, shipmentIds: z.array(id).max(20) });

/** From an invoice to an unconditional obligation. */
export const invoicingVerbs = {
  submitInvoice: submitVerb({
    ...trade,
    name: 'submitInvoice',
    summary: 'The supplier invoices; fingerprints are registered and the invoice is matched with order and receipt.',
    roles: ['supplier'],
    input: invoiceInput,
    sealed: invoiceTerms,
    openings: ['order', 'quantities'],
    endorsers: ['supplier', 'obligor'],
    result: type<Created<InvoiceSkeleton>>(),
  }),
  selfBillInvoice: submitVerb({
    ...trade,
    name: 'selfBillInvoice',
    summary: 'The buyer of an order that is invoiced on receipt writes the invoice for the supplier (self-billing).',
    roles: ['obligor', 'supplier'],
    users: ['maker', 'checker'],
    input: invoiceInput,
    sealed: invoiceTerms,
    openings: ['order', 'quantities'],
    endorsers: ['supplier', 'obligor'],
    result: type<Created<InvoiceSkeleton>>(),
  }),
  overrideNearDuplicate: submitVerb({
    ...trade,
    name: 'overrideNearDuplicate',
    summary: "The buyer's checker says that an invoice which looks like another is a new one.",
    roles: ['obligor', 'supplier'],
    users: ['checker'],
    input: z.strictObject({ invoiceId: id, reason: longText }),
    endorsers: ['supplier', 'obligor'],
    result: type<InvoiceSkeleton>(),
  }),
  approveInvoice: submitVerb({ ...trade, name: 'approveInvoice', summary: "The buyer's maker proposes to accept the invoice.", roles: ['obligor', 'supplier'], users: ['maker'], input: invoiceOnly, endorsers: ['obligor', 'supplier'], result: type<InvoiceSkeleton>() }),
  acceptInvoice: submitVerb({
    ...trade,
    name: 'acceptInvoice',
    summary: "The buyer's checker accepts the invoice: the obligation is unconditional from here.",
    roles: ['obligor', 'supplier'],
    users: ['checker'],
    input: invoiceOnly,
    endorsers: ['obligor', 'supplier'],
    result: type<InvoiceSkeleton>(),
  }),
  withdrawInvoice: submitVerb({ ...trade, name: 'withdrawInvoice', summary: 'The supplier takes back an invoice that is not accepted; its fingerprints are free again.', roles: ['supplier'], input: invoiceOnly, openings: ['invoice', 'quantities'], endorsers: ['supplier', 'obligor'], whileSuspended: true, result: type<InvoiceSkeleton>() }),
} as const;
