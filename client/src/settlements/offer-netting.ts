import type { InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { Holding } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import { holdingParties } from '../submission/parties';

export type OfferNettingParameters = Loose<InputOf<typeof certificateVerbs.offerNetting>>;
export type OfferNettingResult = Holding;

/**
 * An owner that owes the obligor from an accepted order or invoice offers a holding in payment of it.
 * Throws NOT_FOUND, NOT_A_PARTY, HOLDING_NOT_FREE, CERTIFICATE_NOT_ACTIVE, TRADE_REFERENCE_REQUIRED, EXPIRED, FROZEN.
 */
export const offerNetting = action<OfferNettingParameters, OfferNettingResult>((parameters) => ({
  verb: certificateVerbs.offerNetting,
  input: toWire(parameters),
  prepare: async (session, options) => ({ parties: holdingParties(await ask(session, certificateVerbs.holding, { id: parameters.holdingId }, options)) }),
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.offerNetting>),
}));
