import type { InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { Holding } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import { holdingParties } from '../submission/parties';

export type ExpireTransferParameters = Loose<InputOf<typeof certificateVerbs.expireTransfer>>;
export type ExpireTransferResult = Holding;

/**
 * Any member ends an offer after its expiry: the holding is free again.
 * Throws NOT_FOUND, NOT_YET, WRONG_STATE.
 */
export const expireTransfer = action<ExpireTransferParameters, ExpireTransferResult>((parameters) => ({
  verb: certificateVerbs.expireTransfer,
  input: toWire(parameters),
  prepare: async (session, options) => ({ parties: holdingParties(await ask(session, certificateVerbs.holding, { id: parameters.holdingId }, options)) }),
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.expireTransfer>),
}));
