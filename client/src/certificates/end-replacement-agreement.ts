import type { InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { Holding } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import { withoutAbsent } from '../submission/parties';
import type { Absence } from '../submission/parties';

export type EndReplacementAgreementParameters = Loose<InputOf<typeof certificateVerbs.endReplacementAgreement>> & Absence;
export type EndReplacementAgreementResult = Holding;

/**
 * The owner takes its agreement back, or anyone does once the proposal is over: the holding is as it was. With a party that
 * is gone (`absent`) the authority endorses in its place.
 * Throws NOT_FOUND, NOT_YET, WRONG_STATE.
 */
export const endReplacementAgreement = action<EndReplacementAgreementParameters, EndReplacementAgreementResult>(({ absent, ...parameters }) => ({
  verb: certificateVerbs.endReplacementAgreement,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const holding = await ask(session, certificateVerbs.holding, { id: parameters.holdingId }, options);
    const { obligor, owner } = holding;
    return { parties: withoutAbsent({ obligor, owner }, holding, absent) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.endReplacementAgreement>),
}));
