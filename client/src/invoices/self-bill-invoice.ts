import type { InputOf, InvoiceTerms, ResultOf } from '@dualchain/model';
import { tradeVerbs } from '@dualchain/model';
import type { Created, Invoice } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask, openingsFor } from '../submission/ask';
import { firstVersion } from '../submission/first-version';
import { tradeParties } from '../submission/parties';

export type SelfBillInvoiceParameters = Loose<InputOf<typeof tradeVerbs.selfBillInvoice> & InvoiceTerms>;
export type SelfBillInvoiceResult = Created<Invoice>;

/**
 * The buyer of an order that is invoiced on receipt writes the invoice for the supplier (self-billing): the prices of the
 * order, for what was accepted at the named shipments. Amounts in minor units.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, EVIDENCE_MISSING, AMOUNT_MISMATCH, QUANTITY_EXCEEDED, DUPLICATE_INVOICE, ALREADY_EXISTS.
 */
export const selfBillInvoice = action<SelfBillInvoiceParameters, SelfBillInvoiceResult>(({ invoiceId, orderId, shipmentIds, ...terms }) => ({
  verb: tradeVerbs.selfBillInvoice,
  input: toWire({ invoiceId, orderId, shipmentIds }),
  sealed: toWire(terms),
  prepare: async (session, options) => {
    const order = await ask(session, tradeVerbs.openOrder, { id: orderId }, options);
    return { parties: tradeParties(order.skeleton), openings: openingsFor(tradeVerbs.selfBillInvoice, order) };
  },
  existing: (session, options) => firstVersion(session, 'invoice', invoiceId, options),
  decode: (answer) => typed(answer as ResultOf<typeof tradeVerbs.selfBillInvoice>),
}));
