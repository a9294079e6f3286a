import type { InputOf, ResultOf } from '@dualchain/model';
import { tradeVerbs } from '@dualchain/model';
import type { Invoice } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask, openingsFor } from '../submission/ask';
import { tradeParties } from '../submission/parties';

export type AcceptWaiverParameters = Loose<InputOf<typeof tradeVerbs.acceptWaiver>>;
export type AcceptWaiverResult = Invoice;

/**
 * The supplier agrees to the waiver, and the invoice is matched.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, EXPIRED.
 */
export const acceptWaiver = action<AcceptWaiverParameters, AcceptWaiverResult>((parameters) => ({
  verb: tradeVerbs.acceptWaiver,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const invoice = await ask(session, tradeVerbs.openInvoice, { id: parameters.invoiceId }, options);
    const order = await ask(session, tradeVerbs.openOrder, { id: invoice.skeleton.orderId }, options);
    return { parties: tradeParties(invoice.skeleton), openings: openingsFor(tradeVerbs.acceptWaiver, invoice, order) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof tradeVerbs.acceptWaiver>),
}));
