import type { InputOf, ResultOf } from '@dualchain/model';
import { tradeVerbs } from '@dualchain/model';
import type { Invoice } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import { tradeParties } from '../submission/parties';

export type OverrideNearDuplicateParameters = Loose<InputOf<typeof tradeVerbs.overrideNearDuplicate>>;
export type OverrideNearDuplicateResult = Invoice;

/**
 * The buyer's checker says, with a reason, that an invoice which looks like another is a new one.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_ROLE, WRONG_STATE.
 */
export const overrideNearDuplicate = action<OverrideNearDuplicateParameters, OverrideNearDuplicateResult>((parameters) => ({
  verb: tradeVerbs.overrideNearDuplicate,
  input: toWire(parameters),
  prepare: async (session, options) => ({ parties: tradeParties(await ask(session, tradeVerbs.invoice, { id: parameters.invoiceId }, options)) }),
  decode: (answer) => typed(answer as ResultOf<typeof tradeVerbs.overrideNearDuplicate>),
}));
