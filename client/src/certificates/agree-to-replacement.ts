import type { InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { Holding } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import { holdingParties } from '../submission/parties';

export type AgreeToReplacementParameters = Loose<InputOf<typeof certificateVerbs.agreeToReplacement>>;
export type AgreeToReplacementResult = Holding;

/**
 * An owner agrees to the replacement with one holding, which is locked until it is carried out or the proposal is over.
 * Throws NOT_FOUND, NOT_A_PARTY, HOLDING_NOT_FREE, CERTIFICATE_NOT_ACTIVE, WRONG_STATE, EXPIRED, FROZEN.
 */
export const agreeToReplacement = action<AgreeToReplacementParameters, AgreeToReplacementResult>((parameters) => ({
  verb: certificateVerbs.agreeToReplacement,
  input: toWire(parameters),
  prepare: async (session, options) => ({ parties: holdingParties(await ask(session, certificateVerbs.holding, { id: parameters.holdingId }, options)) }),
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.agreeToReplacement>),
}));
