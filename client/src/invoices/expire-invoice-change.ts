import type { InputOf, ResultOf } from '@dualchain/model';
import { tradeVerbs } from '@dualchain/model';
import type { Invoice } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import { tradeParties } from '../submission/parties';

export type ExpireInvoiceChangeParameters = Loose<InputOf<typeof tradeVerbs.expireInvoiceChange>>;
export type ExpireInvoiceChangeResult = Invoice;

/**
 * Ends a proposed change whose time is over; any member may. The invoice is exactly as it was.
 * Throws NOT_FOUND, WRONG_STATE, NOT_YET.
 */
export const expireInvoiceChange = action<ExpireInvoiceChangeParameters, ExpireInvoiceChangeResult>((parameters) => ({
  verb: tradeVerbs.expireInvoiceChange,
  input: toWire(parameters),
  prepare: async (session, options) => ({ parties: tradeParties(await ask(session, tradeVerbs.invoice, { id: parameters.invoiceId }, options)) }),
  decode: (answer) => typed(answer as ResultOf<typeof tradeVerbs.expireInvoiceChange>),
}));
