import type { InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { Holding } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import { withoutAbsent } from '../submission/parties';
import type { Absence } from '../submission/parties';

export type ExpireNettingParameters = Loose<InputOf<typeof certificateVerbs.expireNetting>> & Absence;
export type ExpireNettingResult = Holding;

/**
 * Anyone ends an offer after its expiry: the holding is as it was. With a party that is gone (`absent`) the authority
 * endorses in its place.
 * Throws NOT_FOUND, NOT_YET, WRONG_STATE.
 */
export const expireNetting = action<ExpireNettingParameters, ExpireNettingResult>(({ absent, ...parameters }) => ({
  verb: certificateVerbs.expireNetting,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const holding = await ask(session, certificateVerbs.holding, { id: parameters.holdingId }, options);
    const { obligor, owner } = holding;
    return { parties: withoutAbsent({ obligor, owner }, holding, absent) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.expireNetting>),
}));
