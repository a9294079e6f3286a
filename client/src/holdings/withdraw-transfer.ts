import type { InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { Holding } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import { holdingParties } from '../submission/parties';

export type WithdrawTransferParameters = Loose<InputOf<typeof certificateVerbs.withdrawTransfer>>;
export type WithdrawTransferResult = Holding;

/**
 * The owner takes an offer back: the holding is free again.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE.
 */
export const withdrawTransfer = action<WithdrawTransferParameters, WithdrawTransferResult>((parameters) => ({
  verb: certificateVerbs.withdrawTransfer,
  input: toWire(parameters),
  prepare: async (session, options) => ({ parties: holdingParties(await ask(session, certificateVerbs.holding, { id: parameters.holdingId }, options)) }),
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.withdrawTransfer>),
}));
