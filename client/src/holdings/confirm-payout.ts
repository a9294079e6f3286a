import type { InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs, DualchainError } from '@dualchain/model';
import type { Created, Holding } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask, openingsFor } from '../submission/ask';
import { holdingParties } from '../submission/parties';

export type ConfirmPayoutParameters = Loose<InputOf<typeof certificateVerbs.confirmPayout>>;
export type ConfirmPayoutResult = Created<Holding>;

/**
 * The settler confirms the pay-out of an accepted quote by a payment reference that is used once: the financier is the
 * owner from here.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, PAYMENT_REFERENCE_USED, RECALLED, NOT_GENUINE.
 */
export const confirmPayout = action<ConfirmPayoutParameters, ConfirmPayoutResult>((parameters) => ({
  verb: certificateVerbs.confirmPayout,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const { holdingId, quoteId } = parameters;
    const [holding, quotes] = await Promise.all([ask(session, certificateVerbs.openHolding, { id: holdingId }, options), ask(session, certificateVerbs.quotesOf, { holdingId }, options)]);
    const quote = quotes.find(({ id }) => id === quoteId);
    if (quote === undefined) throw new DualchainError('NOT_FOUND', `There is no quote ${quoteId} for the holding ${holdingId}.`, { details: { type: 'quote', id: `${holdingId}/${quoteId}` } });
    // Not the holding's proposal: it is gone where the very same confirmation is repeated.
    return { parties: { ...holdingParties(holding.skeleton), settler: session.mspId, financier: quote.financier }, openings: openingsFor(certificateVerbs.confirmPayout, holding) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.confirmPayout>),
}));
