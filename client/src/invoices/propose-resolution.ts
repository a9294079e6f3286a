import type { InputOf, ResultOf } from '@dualchain/model';
import { tradeVerbs } from '@dualchain/model';
import type { Invoice } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import { tradeParties } from '../submission/parties';

export type ProposeResolutionParameters = Loose<InputOf<typeof tradeVerbs.proposeResolution>>;
export type ProposeResolutionResult = Invoice;

/**
 * Supplier or buyer proposes how a dispute ends: `matched` or `cancelled`.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, EXPIRED.
 */
export const proposeResolution = action<ProposeResolutionParameters, ProposeResolutionResult>((parameters) => ({
  verb: tradeVerbs.proposeResolution,
  input: toWire(parameters),
  prepare: async (session, options) => ({ parties: tradeParties(await ask(session, tradeVerbs.invoice, { id: parameters.invoiceId }, options)) }),
  decode: (answer) => typed(answer as ResultOf<typeof tradeVerbs.proposeResolution>),
}));
