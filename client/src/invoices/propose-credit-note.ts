import type { CreditNoteTerms, InputOf, ResultOf } from '@dualchain/model';
import { tradeVerbs } from '@dualchain/model';
import type { Invoice } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask, openingsFor } from '../submission/ask';
import { tradeParties } from '../submission/parties';

export type ProposeCreditNoteParameters = Loose<InputOf<typeof tradeVerbs.proposeCreditNote> & CreditNoteTerms>;
export type ProposeCreditNoteResult = Invoice;

/**
 * The supplier offers a credit note. `lines` are what is left of the invoice's lines (leave out those credited in full),
 * `amount` what the invoice is reduced by, in minor units; both together are the old total, and something is left.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, INVALID_INPUT, AMOUNT_MISMATCH, EXPIRED.
 */
export const proposeCreditNote = action<ProposeCreditNoteParameters, ProposeCreditNoteResult>(({ invoiceId, creditNoteId, expiresAt, ...terms }) => ({
  verb: tradeVerbs.proposeCreditNote,
  input: toWire({ invoiceId, creditNoteId, expiresAt }),
  sealed: toWire(terms),
  prepare: async (session, options) => {
    const invoice = await ask(session, tradeVerbs.openInvoice, { id: invoiceId }, options);
    return { parties: tradeParties(invoice.skeleton), openings: openingsFor(tradeVerbs.proposeCreditNote, invoice) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof tradeVerbs.proposeCreditNote>),
}));
