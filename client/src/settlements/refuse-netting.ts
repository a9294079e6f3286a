import type { InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { Holding } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import { holdingParties } from '../submission/parties';

export type RefuseNettingParameters = Loose<InputOf<typeof certificateVerbs.refuseNetting>>;
export type RefuseNettingResult = Holding;

/**
 * The obligor refuses: the holding is as it was.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE.
 */
export const refuseNetting = action<RefuseNettingParameters, RefuseNettingResult>((parameters) => ({
  verb: certificateVerbs.refuseNetting,
  input: toWire(parameters),
  prepare: async (session, options) => ({ parties: holdingParties(await ask(session, certificateVerbs.holding, { id: parameters.holdingId }, options)) }),
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.refuseNetting>),
}));
