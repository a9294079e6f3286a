import type { InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { EarlySettlement } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';

export type RefuseEarlySettlementParameters = Loose<InputOf<typeof certificateVerbs.refuseEarlySettlement>>;
export type RefuseEarlySettlementResult = EarlySettlement;

/**
 * The owner refuses to be paid early.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE.
 */
export const refuseEarlySettlement = action<RefuseEarlySettlementParameters, RefuseEarlySettlementResult>((parameters) => ({
  verb: certificateVerbs.refuseEarlySettlement,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const { skeleton: { obligor, owner } } = await ask(session, certificateVerbs.openEarlySettlement, { holdingId: parameters.holdingId, offerId: parameters.offerId }, options);
    return { parties: { obligor, owner } };
  },
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.refuseEarlySettlement>),
}));
