import type { InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { Created, Quote } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';

export type DeclineQuoteParameters = Loose<InputOf<typeof certificateVerbs.declineQuote>>;
export type DeclineQuoteResult = Created<Quote>;

/**
 * A financier that was asked says that it will not quote; `quoteId` is a new id, as for a quote.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, EXPIRED, ALREADY_EXISTS.
 */
export const declineQuote = action<DeclineQuoteParameters, DeclineQuoteResult>((parameters) => ({
  verb: certificateVerbs.declineQuote,
  input: toWire(parameters),
  prepare: async (session, options) => ({ parties: { financier: session.mspId, owner: (await ask(session, certificateVerbs.holding, { id: parameters.holdingId }, options)).owner } }),
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.declineQuote>),
}));
