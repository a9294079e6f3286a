import type { InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { Holding } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import { holdingParties, withoutAbsent } from '../submission/parties';
import type { Absence } from '../submission/parties';

export type ReleasePledgeParameters = Loose<InputOf<typeof certificateVerbs.releasePledge>> & Absence;
export type ReleasePledgeResult = Holding;

/**
 * The financier confirms that the loan was repaid: the holding is free again, as it was before. `absent`: a party whose
 * peers are gone.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE.
 */
export const releasePledge = action<ReleasePledgeParameters, ReleasePledgeResult>(({ absent, ...input }) => ({
  verb: certificateVerbs.releasePledge,
  input: toWire(input),
  prepare: async (session, options) => {
    const holding = await ask(session, certificateVerbs.holding, { id: input.holdingId }, options);
    return { parties: withoutAbsent({ financier: session.mspId, ...holdingParties(holding) }, holding, absent) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.releasePledge>),
}));
