import type { InputOf, ResultOf } from '@dualchain/model';
import { tradeVerbs } from '@dualchain/model';
import type { Invoice } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask, openingsFor } from '../submission/ask';
import { tradeParties } from '../submission/parties';

export type AcceptCreditNoteParameters = Loose<InputOf<typeof tradeVerbs.acceptCreditNote>>;
export type AcceptCreditNoteResult = Invoice;

/**
 * The buyer accepts the credit note: the invoice is reduced and compared anew; the old one stays readable
 * (`invoiceVersions`).
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, EXPIRED, NOT_GENUINE.
 */
export const acceptCreditNote = action<AcceptCreditNoteParameters, AcceptCreditNoteResult>((parameters) => ({
  verb: tradeVerbs.acceptCreditNote,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const invoice = await ask(session, tradeVerbs.openInvoice, { id: parameters.invoiceId }, options);
    const order = await ask(session, tradeVerbs.openOrder, { id: invoice.skeleton.orderId }, options);
    return { parties: tradeParties(invoice.skeleton), openings: openingsFor(tradeVerbs.acceptCreditNote, invoice, order) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof tradeVerbs.acceptCreditNote>),
}));
