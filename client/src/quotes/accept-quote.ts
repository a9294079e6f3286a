import type { InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs, DualchainError } from '@dualchain/model';
import type { Holding } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask, openingsFor } from '../submission/ask';
import { holdingParties } from '../submission/parties';

export type AcceptQuoteParameters = Loose<InputOf<typeof certificateVerbs.acceptQuote>>;
export type AcceptQuoteResult = Holding;

/**
 * The owner accepts one quote: the holding is locked until the pay-out, the other quotes lapse. The obligor endorses
 * without seeing the quote.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, EXPIRED, EVIDENCE_MISSING, RECALLED, CERTIFICATE_NOT_ACTIVE, NOT_GENUINE.
 */
export const acceptQuote = action<AcceptQuoteParameters, AcceptQuoteResult>((parameters) => ({
  verb: certificateVerbs.acceptQuote,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const { holdingId, quoteId } = parameters;
    const [holding, quotes] = await Promise.all([ask(session, certificateVerbs.openHolding, { id: holdingId }, options), ask(session, certificateVerbs.quotesOf, { holdingId }, options)]);
    const quote = quotes.find(({ id }) => id === quoteId);
    if (quote === undefined) throw new DualchainError('NOT_FOUND', `There is no quote ${quoteId} for the holding ${holdingId}.`, { details: { type: 'quote', id: `${holdingId}/${quoteId}` } });
    return { parties: { ...holdingParties(holding.skeleton), financier: quote.financier }, openings: openingsFor(certificateVerbs.acceptQuote, holding) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.acceptQuote>),
}));
