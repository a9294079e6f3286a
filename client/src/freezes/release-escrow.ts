import type { InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { Created, Holding } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import { certificateParties } from '../submission/parties';

export type ReleaseEscrowParameters = Loose<InputOf<typeof certificateVerbs.releaseEscrow>>;
export type ReleaseEscrowResult = Created<Holding>;

/**
 * The settler attests that it paid the money in escrow: to the owner once no order freezes the holding, or to whom the
 * authority named. The holding is redeemed.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, FROZEN, PAYMENT_REFERENCE_USED.
 */
export const releaseEscrow = action<ReleaseEscrowParameters, ReleaseEscrowResult>((parameters) => ({
  verb: certificateVerbs.releaseEscrow,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const { certificateId } = await ask(session, certificateVerbs.holding, { id: parameters.holdingId }, options);
    return { parties: certificateParties(await ask(session, certificateVerbs.certificate, { id: certificateId }, options)) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.releaseEscrow>),
}));
