import type { InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { Quote } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';

export type WithdrawQuoteParameters = Loose<InputOf<typeof certificateVerbs.withdrawQuote>>;
export type WithdrawQuoteResult = Quote;

/**
 * A financier takes its own quote back before the owner accepted it.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE.
 */
export const withdrawQuote = action<WithdrawQuoteParameters, WithdrawQuoteResult>((parameters) => ({
  verb: certificateVerbs.withdrawQuote,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const { skeleton } = await ask(session, certificateVerbs.openQuote, { holdingId: parameters.holdingId, quoteId: parameters.quoteId }, options);
    return { parties: { financier: skeleton.financier, owner: skeleton.owner } };
  },
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.withdrawQuote>),
}));
