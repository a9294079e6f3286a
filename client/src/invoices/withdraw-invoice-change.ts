import type { InputOf, ResultOf } from '@dualchain/model';
import { tradeVerbs } from '@dualchain/model';
import type { Invoice } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import { tradeParties } from '../submission/parties';

export type WithdrawInvoiceChangeParameters = Loose<InputOf<typeof tradeVerbs.withdrawInvoiceChange>>;
export type WithdrawInvoiceChangeResult = Invoice;

/**
 * Who proposed a credit note, a waiver or a resolution takes it back; the invoice is exactly as it was.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE.
 */
export const withdrawInvoiceChange = action<WithdrawInvoiceChangeParameters, WithdrawInvoiceChangeResult>((parameters) => ({
  verb: tradeVerbs.withdrawInvoiceChange,
  input: toWire(parameters),
  prepare: async (session, options) => ({ parties: tradeParties(await ask(session, tradeVerbs.invoice, { id: parameters.invoiceId }, options)) }),
  decode: (answer) => typed(answer as ResultOf<typeof tradeVerbs.withdrawInvoiceChange>),
}));
