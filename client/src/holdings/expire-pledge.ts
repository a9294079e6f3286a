import type { InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { Holding } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import { holdingParties, withoutAbsent } from '../submission/parties';
import type { Absence } from '../submission/parties';

export type ExpirePledgeParameters = Loose<InputOf<typeof certificateVerbs.expirePledge>> & Absence;
export type ExpirePledgeResult = Holding;

/**
 * Any member ends a pledge that was not paid out before its expiry: the holding is free again. `absent`: a party whose
 * peers are gone.
 * Throws NOT_FOUND, NOT_YET, WRONG_STATE, INVALID_INPUT.
 */
export const expirePledge = action<ExpirePledgeParameters, ExpirePledgeResult>(({ absent, ...input }) => ({
  verb: certificateVerbs.expirePledge,
  input: toWire(input),
  prepare: async (session, options) => {
    const holding = await ask(session, certificateVerbs.holding, { id: input.holdingId }, options);
    return { parties: withoutAbsent(holdingParties(holding), holding, absent) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.expirePledge>),
}));
