import type { InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { Holding } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import { holdingParties } from '../submission/parties';

export type AcceptNettingParameters = Loose<InputOf<typeof certificateVerbs.acceptNetting>>;
export type AcceptNettingResult = Holding;

/**
 * The obligor takes a holding in payment: debtor and creditor are one, and the claim ends without money.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, EXPIRED, CERTIFICATE_NOT_ACTIVE, FROZEN.
 */
export const acceptNetting = action<AcceptNettingParameters, AcceptNettingResult>((parameters) => ({
  verb: certificateVerbs.acceptNetting,
  input: toWire(parameters),
  prepare: async (session, options) => ({ parties: holdingParties(await ask(session, certificateVerbs.holding, { id: parameters.holdingId }, options)) }),
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.acceptNetting>),
}));
