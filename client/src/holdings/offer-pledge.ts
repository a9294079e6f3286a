import type { InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { Holding } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import { holdingParties } from '../submission/parties';

export type OfferPledgeParameters = Loose<InputOf<typeof certificateVerbs.offerPledge>>;
export type OfferPledgeResult = Holding;

/**
 * The owner offers a holding as security for a loan that was drafted against it; it is locked until the financier answers
 * or the offer expires. The obligor endorses without seeing the loan.
 * Throws NOT_FOUND, NOT_A_PARTY, HOLDING_NOT_FREE, WRONG_STATE, EXPIRED, CERTIFICATE_NOT_ACTIVE, FROZEN, TIER_EXCEEDED, TENOR_EXCEEDED, NOT_GENUINE.
 */
export const offerPledge = action<OfferPledgeParameters, OfferPledgeResult>((parameters) => ({
  verb: certificateVerbs.offerPledge,
  input: toWire(parameters),
  prepare: async (session, options) => ({ parties: holdingParties(await ask(session, certificateVerbs.holding, { id: parameters.holdingId }, options)) }),
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.offerPledge>),
}));
