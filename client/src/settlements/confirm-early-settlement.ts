import type { InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { Created, Holding } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask, openingsFor } from '../submission/ask';

export type ConfirmEarlySettlementParameters = Loose<InputOf<typeof certificateVerbs.confirmEarlySettlement>>;
export type ConfirmEarlySettlementResult = Created<Holding>;

/**
 * The settler confirms by a unique payment reference that it paid a holding early, less the discount: it is redeemed.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, PAYMENT_REFERENCE_USED, NOT_GENUINE, FROZEN.
 */
export const confirmEarlySettlement = action<ConfirmEarlySettlementParameters, ConfirmEarlySettlementResult>((parameters) => ({
  verb: certificateVerbs.confirmEarlySettlement,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const { holdingId, offerId } = parameters;
    const [holding, offer] = await Promise.all([ask(session, certificateVerbs.openHolding, { id: holdingId }, options), ask(session, certificateVerbs.openEarlySettlement, { holdingId, offerId }, options)]);
    const { obligor, owner, settler } = offer.skeleton;
    return { parties: { obligor, owner, settler }, openings: openingsFor(certificateVerbs.confirmEarlySettlement, holding, offer) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.confirmEarlySettlement>),
}));
