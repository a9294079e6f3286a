import type { InputOf, ResultOf } from '@dualchain/model';
import { tradeVerbs } from '@dualchain/model';
import type { Invoice } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import { tradeParties } from '../submission/parties';

export type AcceptInvoiceParameters = Loose<InputOf<typeof tradeVerbs.acceptInvoice>>;
export type AcceptInvoiceResult = Invoice;

/**
 * The buyer's checker, another person than the maker, accepts an invoice: the obligation is unconditional from here.
 * Throws NOT_FOUND, NOT_A_PARTY, SAME_IDENTITY, INVOICE_ALREADY_ACCEPTED, WRONG_STATE.
 */
export const acceptInvoice = action<AcceptInvoiceParameters, AcceptInvoiceResult>((parameters) => ({
  verb: tradeVerbs.acceptInvoice,
  input: toWire(parameters),
  prepare: async (session, options) => ({ parties: tradeParties(await ask(session, tradeVerbs.invoice, { id: parameters.invoiceId }, options)) }),
  decode: (answer) => typed(answer as ResultOf<typeof tradeVerbs.acceptInvoice>),
}));
