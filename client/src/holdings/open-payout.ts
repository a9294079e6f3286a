import type { InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { Holding } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask, openingsFor } from '../submission/ask';
import { certificateParties, holdingParties } from '../submission/parties';

export type OpenPayoutParameters = Loose<InputOf<typeof certificateVerbs.openPayout>>;
export type OpenPayoutResult = Holding;

/**
 * Owner or financier shows the accepted quote and the holding to the settler, who pays out.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, NOT_GENUINE.
 */
export const openPayout = action<OpenPayoutParameters, OpenPayoutResult>((parameters) => ({
  verb: certificateVerbs.openPayout,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const { holdingId, quoteId } = parameters;
    const [holding, quote] = await Promise.all([ask(session, certificateVerbs.openHolding, { id: holdingId }, options), ask(session, certificateVerbs.openQuote, { holdingId, quoteId }, options)]);
    const certificate = await ask(session, certificateVerbs.certificate, { id: holding.skeleton.certificateId }, options);
    return {
      parties: { ...certificateParties(certificate), ...holdingParties(holding.skeleton), financier: quote.skeleton.financier },
      openings: openingsFor(certificateVerbs.openPayout, holding, quote),
    };
  },
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.openPayout>),
}));
