import type { InputOf, ResultOf } from '@dualchain/model';
import { tradeVerbs } from '@dualchain/model';
import type { Invoice } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask, openingsFor } from '../submission/ask';
import { tradeParties } from '../submission/parties';

export type WithdrawInvoiceParameters = Loose<InputOf<typeof tradeVerbs.withdrawInvoice>>;
export type WithdrawInvoiceResult = Invoice;

/**
 * The supplier takes back an invoice that is not accepted. Its fingerprints are free again, unless a part of it is live.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE.
 */
export const withdrawInvoice = action<WithdrawInvoiceParameters, WithdrawInvoiceResult>((parameters) => ({
  verb: tradeVerbs.withdrawInvoice,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const invoice = await ask(session, tradeVerbs.openInvoice, { id: parameters.invoiceId }, options);
    const order = await ask(session, tradeVerbs.openOrder, { id: invoice.skeleton.orderId }, options);
    return { parties: tradeParties(invoice.skeleton), openings: openingsFor(tradeVerbs.withdrawInvoice, invoice, order) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof tradeVerbs.withdrawInvoice>),
}));
