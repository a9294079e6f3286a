import type { InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { Holding } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';

export type AcceptEarlySettlementParameters = Loose<InputOf<typeof certificateVerbs.acceptEarlySettlement>>;
export type AcceptEarlySettlementResult = Holding;

/**
 * The owner accepts to be paid early: the holding is locked until the settler confirms.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, HOLDING_NOT_FREE, CERTIFICATE_NOT_ACTIVE, EXPIRED, FROZEN.
 */
export const acceptEarlySettlement = action<AcceptEarlySettlementParameters, AcceptEarlySettlementResult>((parameters) => ({
  verb: certificateVerbs.acceptEarlySettlement,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const { skeleton: { obligor, owner } } = await ask(session, certificateVerbs.openEarlySettlement, { holdingId: parameters.holdingId, offerId: parameters.offerId }, options);
    return { parties: { obligor, owner } };
  },
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.acceptEarlySettlement>),
}));
