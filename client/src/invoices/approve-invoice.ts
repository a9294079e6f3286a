import type { InputOf, ResultOf } from '@dualchain/model';
import { tradeVerbs } from '@dualchain/model';
import type { Invoice } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import { tradeParties } from '../submission/parties';

export type ApproveInvoiceParameters = Loose<InputOf<typeof tradeVerbs.approveInvoice>>;
export type ApproveInvoiceResult = Invoice;

/**
 * The buyer's maker proposes to accept an invoice.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_ROLE, WRONG_STATE.
 */
export const approveInvoice = action<ApproveInvoiceParameters, ApproveInvoiceResult>((parameters) => ({
  verb: tradeVerbs.approveInvoice,
  input: toWire(parameters),
  prepare: async (session, options) => ({ parties: tradeParties(await ask(session, tradeVerbs.invoice, { id: parameters.invoiceId }, options)) }),
  decode: (answer) => typed(answer as ResultOf<typeof tradeVerbs.approveInvoice>),
}));
