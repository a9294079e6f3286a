import type { InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { Holding } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask, openingsFor } from '../submission/ask';
import { holdingParties } from '../submission/parties';

export type ConfirmPayoutParameters = Loose<InputOf<typeof certificateVerbs.confirmPayout>>;
export type ConfirmPayoutResult = Holding;

/**
 * The settler confirms the pay-out of an accepted quote by a payment reference that is used once: the financier is the
 * owner from here.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, PAYMENT_REFERENCE_USED, RECALLED, NOT_GENUINE.
 */
export const confirmPayout = action<ConfirmPayoutParameters, ConfirmPayoutResult>((parameters) => ({
  verb: certificateVerbs.confirmPayout,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const holding = await ask(session, certificateVerbs.openHolding, { id: parameters.holdingId }, options);
    return { parties: { ...holdingParties(holding.skeleton), settler: session.mspId }, openings: openingsFor(certificateVerbs.confirmPayout, holding) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.confirmPayout>),
}));
