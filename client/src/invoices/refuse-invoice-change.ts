import type { InputOf, ResultOf } from '@dualchain/model';
import { tradeVerbs } from '@dualchain/model';
import type { Invoice } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import { tradeParties } from '../submission/parties';

export type RefuseInvoiceChangeParameters = Loose<InputOf<typeof tradeVerbs.refuseInvoiceChange>>;
export type RefuseInvoiceChangeResult = Invoice;

/**
 * The other side refuses a credit note, a waiver or a resolution; the invoice is exactly as it was.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE.
 */
export const refuseInvoiceChange = action<RefuseInvoiceChangeParameters, RefuseInvoiceChangeResult>((parameters) => ({
  verb: tradeVerbs.refuseInvoiceChange,
  input: toWire(parameters),
  prepare: async (session, options) => ({ parties: tradeParties(await ask(session, tradeVerbs.invoice, { id: parameters.invoiceId }, options)) }),
  decode: (answer) => typed(answer as ResultOf<typeof tradeVerbs.refuseInvoiceChange>),
}));
