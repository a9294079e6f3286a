import type { InputOf, ResultOf } from '@dualchain/model';
import { tradeVerbs } from '@dualchain/model';
import type { Invoice } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask, openingsFor } from '../submission/ask';
import { tradeParties } from '../submission/parties';

export type AcceptResolutionParameters = Loose<InputOf<typeof tradeVerbs.acceptResolution>>;
export type AcceptResolutionResult = Invoice;

/**
 * The other side agrees to the resolution, and the dispute is over.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, EXPIRED.
 */
export const acceptResolution = action<AcceptResolutionParameters, AcceptResolutionResult>((parameters) => ({
  verb: tradeVerbs.acceptResolution,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const invoice = await ask(session, tradeVerbs.openInvoice, { id: parameters.invoiceId }, options);
    const order = await ask(session, tradeVerbs.openOrder, { id: invoice.skeleton.orderId }, options);
    return { parties: tradeParties(invoice.skeleton), openings: openingsFor(tradeVerbs.acceptResolution, invoice, order) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof tradeVerbs.acceptResolution>),
}));
