import type { InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { Holding } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import { holdingParties } from '../submission/parties';

export type RefuseTransferParameters = Loose<InputOf<typeof certificateVerbs.refuseTransfer>>;
export type RefuseTransferResult = Holding;

/**
 * The receiver refuses an offered holding: it is free again, with its owner.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE.
 */
export const refuseTransfer = action<RefuseTransferParameters, RefuseTransferResult>((parameters) => ({
  verb: certificateVerbs.refuseTransfer,
  input: toWire(parameters),
  prepare: async (session, options) => ({ parties: { receiver: session.mspId, ...holdingParties(await ask(session, certificateVerbs.holding, { id: parameters.holdingId }, options)) } }),
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.refuseTransfer>),
}));
