import type { InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { Holding } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import { withoutAbsent } from '../submission/parties';
import type { Absence } from '../submission/parties';

export type CancelEarlySettlementParameters = Loose<InputOf<typeof certificateVerbs.cancelEarlySettlement>> & Absence;
export type CancelEarlySettlementResult = Holding;

/**
 * The obligor, or the owner after expiry, ends an early settlement that was not paid: the holding is as it was. With a party
 * that is gone (`absent`) the authority endorses in its place.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, NOT_YET.
 */
export const cancelEarlySettlement = action<CancelEarlySettlementParameters, CancelEarlySettlementResult>(({ absent, ...parameters }) => ({
  verb: certificateVerbs.cancelEarlySettlement,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const holding = await ask(session, certificateVerbs.holding, { id: parameters.holdingId }, options);
    const { obligor, owner } = holding;
    return { parties: withoutAbsent({ obligor, owner }, holding, absent) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.cancelEarlySettlement>),
}));
