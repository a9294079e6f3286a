import type { InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { EarlySettlement } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';

export type WithdrawEarlySettlementParameters = Loose<InputOf<typeof certificateVerbs.withdrawEarlySettlement>>;
export type WithdrawEarlySettlementResult = EarlySettlement;

/**
 * The obligor takes an offer back that was not accepted.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE.
 */
export const withdrawEarlySettlement = action<WithdrawEarlySettlementParameters, WithdrawEarlySettlementResult>((parameters) => ({
  verb: certificateVerbs.withdrawEarlySettlement,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const { skeleton: { obligor, owner } } = await ask(session, certificateVerbs.openEarlySettlement, { holdingId: parameters.holdingId, offerId: parameters.offerId }, options);
    return { parties: { obligor, owner } };
  },
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.withdrawEarlySettlement>),
}));
