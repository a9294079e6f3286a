import type { InputOf, InvoiceDisputeTerms, ResultOf } from '@dualchain/model';
import { tradeVerbs } from '@dualchain/model';
import type { Invoice } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask, openingsFor } from '../submission/ask';
import { tradeParties } from '../submission/parties';

export type DisputeInvoiceParameters = Loose<InputOf<typeof tradeVerbs.disputeInvoice> & InvoiceDisputeTerms>;
export type DisputeInvoiceResult = Invoice;

/**
 * Supplier or buyer disputes an invoice that is not accepted, with a reason that is sealed between the two. With `partId` and
 * `lines` (quantity and amount of each disputed line) only that part is blocked: it is an invoice of its own under `partId`,
 * and the rest goes on. Answers what is disputed.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, INVALID_INPUT, AMOUNT_MISMATCH, ALREADY_EXISTS, TOO_LARGE.
 */
export const disputeInvoice = action<DisputeInvoiceParameters, DisputeInvoiceResult>(({ invoiceId, partId, ...terms }) => ({
  verb: tradeVerbs.disputeInvoice,
  input: toWire({ invoiceId, partId }),
  sealed: toWire(terms),
  prepare: async (session, options) => {
    const invoice = await ask(session, tradeVerbs.openInvoice, { id: invoiceId }, options);
    const order = await ask(session, tradeVerbs.openOrder, { id: invoice.skeleton.orderId }, options);
    return { parties: tradeParties(invoice.skeleton), openings: openingsFor(tradeVerbs.disputeInvoice, invoice, order) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof tradeVerbs.disputeInvoice>),
}));
