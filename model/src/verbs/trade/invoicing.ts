import { z } from 'zod';
import { amount, amountOrZero, currency, date, id, longText, quantity, shortText, unit } from '../../schemas';
import type { InvoiceSkeleton } from '../../skeletons';
import { submitVerb, type } from '../../verb';
import type { Created } from '../../verb';
import { invoiceOnly, line, trade } from './shared';

/** An invoice, sealed between supplier and obligor. Amounts in minor units. */
export const invoiceTerms = z.strictObject({
  number: shortText,
  issueDate: date,
  currency,
  lines: z.array(z.strictObject({ line, quantity, unit, unitPrice: amount, amount: amountOrZero })).min(1).max(100),
  total: amount,
});
export type InvoiceTerms = z.infer<typeof invoiceTerms>;

/** From an invoice to an unconditional obligation. */
export const invoicingVerbs = {
  submitInvoice: submitVerb({
    ...trade,
    name: 'submitInvoice',
    summary: 'The supplier invoices; fingerprints are registered and the invoice is matched with order and receipt.',
    roles: ['supplier'],
    input: z.strictObject({ invoiceId: id, orderId: id, shipmentIds: z.array(id).max(20) }),
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
} as const;
