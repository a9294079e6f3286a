import type { InputOf, ResultOf } from '@dualchain/model';
import { tradeVerbs } from '@dualchain/model';
import type { Invoice } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask, openingsFor } from '../submission/ask';
import { tradeParties } from '../submission/parties';

export type RematchInvoiceParameters = Loose<InputOf<typeof tradeVerbs.rematchInvoice>>;
export type RematchInvoiceResult = Invoice;

/**
 * Compares an exception anew with the order and the receipts of now. The answer's state says whether it matches.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE.
 */
export const rematchInvoice = action<RematchInvoiceParameters, RematchInvoiceResult>((parameters) => ({
  verb: tradeVerbs.rematchInvoice,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const invoice = await ask(session, tradeVerbs.openInvoice, { id: parameters.invoiceId }, options);
    const order = await ask(session, tradeVerbs.openOrder, { id: invoice.skeleton.orderId }, options);
    return { parties: tradeParties(invoice.skeleton), openings: openingsFor(tradeVerbs.rematchInvoice, invoice, order) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof tradeVerbs.rematchInvoice>),
}));
