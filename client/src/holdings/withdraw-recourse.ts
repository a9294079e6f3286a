import type { InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs, debtorOf } from '@dualchain/model';
import type { Holding } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import { holdingParties } from '../submission/parties';

export type WithdrawRecourseParameters = Loose<InputOf<typeof certificateVerbs.withdrawRecourse>>;
export type WithdrawRecourseResult = Holding;

/**
 * The owner takes its claim of recourse back: the holding is as it was before.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE.
 */
export const withdrawRecourse = action<WithdrawRecourseParameters, WithdrawRecourseResult>((input) => ({
  verb: certificateVerbs.withdrawRecourse,
  input: toWire(input),
  prepare: async (session, options) => {
    const holding = await ask(session, certificateVerbs.holding, { id: input.holdingId }, options);
    const certificate = await ask(session, certificateVerbs.certificate, { id: holding.certificateId }, options);
    return { parties: { ...holdingParties(holding), authority: debtorOf(certificate) } };
  },
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.withdrawRecourse>),
}));
