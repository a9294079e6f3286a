import type { InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { Holding } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import { holdingParties } from '../submission/parties';

export type AgreeCancellationParameters = Loose<InputOf<typeof certificateVerbs.agreeCancellation>>;
export type AgreeCancellationResult = Holding;

/**
 * An owner agrees that its holding of a suspended certificate is given up, if all other owners agree too.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, FROZEN.
 */
export const agreeCancellation = action<AgreeCancellationParameters, AgreeCancellationResult>((parameters) => ({
  verb: certificateVerbs.agreeCancellation,
  input: toWire(parameters),
  prepare: async (session, options) => ({ parties: holdingParties(await ask(session, certificateVerbs.holding, { id: parameters.holdingId }, options)) }),
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.agreeCancellation>),
}));
