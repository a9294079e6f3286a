import type { InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { Holding } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import { holdingParties, withoutAbsent } from '../submission/parties';
import type { Absence } from '../submission/parties';

export type ExpireTransferParameters = Loose<InputOf<typeof certificateVerbs.expireTransfer>> & Absence;
export type ExpireTransferResult = Holding;

/**
 * Any member ends an offer after its expiry: the holding is free again. `absent`: a party whose peers are gone.
 * Throws NOT_FOUND, NOT_YET, WRONG_STATE, INVALID_INPUT.
 */
export const expireTransfer = action<ExpireTransferParameters, ExpireTransferResult>(({ absent, ...input }) => ({
  verb: certificateVerbs.expireTransfer,
  input: toWire(input),
  prepare: async (session, options) => {
    const holding = await ask(session, certificateVerbs.holding, { id: input.holdingId }, options);
    return { parties: withoutAbsent(holdingParties(holding), holding, absent) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.expireTransfer>),
}));
