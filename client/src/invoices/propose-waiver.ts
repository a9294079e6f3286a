import type { InputOf, ResultOf, WaiverTerms } from '@dualchain/model';
import { tradeVerbs } from '@dualchain/model';
import type { Invoice } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask, openingsFor } from '../submission/ask';
import { tradeParties } from '../submission/parties';

export type ProposeWaiverParameters = Loose<InputOf<typeof tradeVerbs.proposeWaiver> & WaiverTerms>;
export type ProposeWaiverResult = Invoice;

/**
 * The buyer's checker offers to let the exceptions of an invoice pass, with a reason that is sealed between the two.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, WRONG_ROLE, EXPIRED.
 */
export const proposeWaiver = action<ProposeWaiverParameters, ProposeWaiverResult>(({ invoiceId, expiresAt, ...terms }) => ({
  verb: tradeVerbs.proposeWaiver,
  input: toWire({ invoiceId, expiresAt }),
  sealed: toWire(terms),
  prepare: async (session, options) => {
    const invoice = await ask(session, tradeVerbs.openInvoice, { id: invoiceId }, options);
    return { parties: tradeParties(invoice.skeleton), openings: openingsFor(tradeVerbs.proposeWaiver, invoice) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof tradeVerbs.proposeWaiver>),
}));
