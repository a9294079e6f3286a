import { z } from 'zod';
import { amountOrZero, id, longText, quantity, timestamp } from '../../schemas';
import type { InvoiceSkeleton } from '../../skeletons';
import { submitVerb, type } from '../../verb';
import { invoiceOnly, line, trade } from './shared';

/** Why, and what part of the lines, sealed between supplier and obligor. Without lines the whole invoice is disputed. */
export const invoiceDisputeTerms = z.strictObject({ reason: longText, lines: z.array(z.strictObject({ line, quantity, amount: amountOrZero })).min(1).max(100).optional() });
export type InvoiceDisputeTerms = z.infer<typeof invoiceDisputeTerms>;

const parties = { ...trade, roles: ['obligor', 'supplier'], endorsers: ['supplier', 'obligor'], result: type<InvoiceSkeleton>() } as const;

/** Disputes of invoices that are not accepted yet. */
export const disputingTradeVerbs = {
  disputeInvoice: submitVerb({
    ...parties,
    name: 'disputeInvoice',
    summary: 'Supplier or buyer disputes an invoice before it is accepted; of a part, only that part is blocked: it becomes an invoice of its own, and the rest goes on.',
    input: z.strictObject({ invoiceId: id, partId: id.optional() }),
    sealed: invoiceDisputeTerms,
    openings: ['invoice', 'order', 'quantities'],
  }),
  proposeResolution: submitVerb({ ...parties, name: 'proposeResolution', summary: 'Supplier or buyer proposes how a dispute ends: the invoice is matched, or cancelled.', input: z.strictObject({ invoiceId: id, outcome: z.enum(['matched', 'cancelled']), expiresAt: timestamp }) }),
  acceptResolution: submitVerb({ ...parties, name: 'acceptResolution', summary: 'The other side agrees; the dispute is over.', input: invoiceOnly, openings: ['invoice', 'quantities'] }),
} as const;
