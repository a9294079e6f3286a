import type { InputOf, QuoteTerms, ResultOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { Created, Quote } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask, openingsFor } from '../submission/ask';

export type SubmitQuoteParameters = Loose<InputOf<typeof certificateVerbs.submitQuote> & QuoteTerms>;
export type SubmitQuoteResult = Created<Quote>;

/**
 * A financier that was asked quotes for a holding: yearly rate and advance in basis points, fee and pay-out in minor
 * units, sealed between it and the owner. Other financiers learn only that a quote exists.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, EXPIRED, NOT_GENUINE, ALREADY_EXISTS.
 */
export const submitQuote = action<SubmitQuoteParameters, SubmitQuoteResult>(({ holdingId, quoteId, expiresAt, ...terms }) => ({
  verb: certificateVerbs.submitQuote,
  input: toWire({ holdingId, quoteId, expiresAt }),
  sealed: toWire(terms),
  prepare: async (session, options) => {
    const holding = await ask(session, certificateVerbs.openHolding, { id: holdingId }, options);
    return { parties: { financier: session.mspId, owner: holding.skeleton.owner }, openings: openingsFor(certificateVerbs.submitQuote, holding) };
  },
  existing: async (session, options) => Object.values((await ask(session, certificateVerbs.openQuote, { holdingId, quoteId }, options)).records).filter(({ type }) => type === 'quote'),
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.submitQuote>),
}));
