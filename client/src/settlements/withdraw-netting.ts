import type { InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { Holding } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import { withoutAbsent } from '../submission/parties';
import type { Absence } from '../submission/parties';

export type WithdrawNettingParameters = Loose<InputOf<typeof certificateVerbs.withdrawNetting>> & Absence;
export type WithdrawNettingResult = Holding;

/**
 * The owner takes its offer back: the holding is as it was. If the obligor is gone (`absent`), the authority endorses in its place.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE.
 */
export const withdrawNetting = action<WithdrawNettingParameters, WithdrawNettingResult>(({ absent, ...parameters }) => ({
  verb: certificateVerbs.withdrawNetting,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const holding = await ask(session, certificateVerbs.holding, { id: parameters.holdingId }, options);
    const { obligor, owner } = holding;
    return { parties: withoutAbsent({ obligor, owner }, holding, absent) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.withdrawNetting>),
}));
