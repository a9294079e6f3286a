import type { InputOf, InvoiceTerms, ResultOf } from '@dualchain/model';
import { tradeVerbs } from '@dualchain/model';
import type { Created, Invoice } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask, openingsFor } from '../submission/ask';
import { firstVersion } from '../submission/first-version';
import { tradeParties } from '../submission/parties';

export type SubmitInvoiceParameters = Loose<InputOf<typeof tradeVerbs.submitInvoice> & InvoiceTerms>;
export type SubmitInvoiceResult = Created<Invoice>;

/**
 * The supplier invoices an order. Amounts in minor units, exact: each line's amount is quantity × unit price, the total
 * their sum. The answer's state says whether the invoice matched (`matched`, `exception`, `blocked` as a near duplicate).
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, AMOUNT_MISMATCH, QUANTITY_EXCEEDED, DUPLICATE_INVOICE, ALREADY_EXISTS.
 */
export const submitInvoice = action<SubmitInvoiceParameters, SubmitInvoiceResult>(({ invoiceId, orderId, shipmentIds, ...terms }) => ({
  verb: tradeVerbs.submitInvoice,
  input: toWire({ invoiceId, orderId, shipmentIds }),
  sealed: toWire(terms),
  prepare: async (session, options) => {
    const order = await ask(session, tradeVerbs.openOrder, { id: orderId }, options);
    return { parties: tradeParties(order.skeleton), openings: openingsFor(tradeVerbs.submitInvoice, order) };
  },
  existing: (session, options) => firstVersion(session, 'invoice', invoiceId, options),
  decode: (answer) => typed(answer as ResultOf<typeof tradeVerbs.submitInvoice>),
}));
