import type { InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { Certificate } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import { certificateParties } from '../submission/parties';

export type WithdrawReplacementParameters = Loose<InputOf<typeof certificateVerbs.withdrawReplacement>>;
export type WithdrawReplacementResult = Certificate;

/**
 * The obligor takes its proposal back; owners may free what they agreed to.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE.
 */
export const withdrawReplacement = action<WithdrawReplacementParameters, WithdrawReplacementResult>((parameters) => ({
  verb: certificateVerbs.withdrawReplacement,
  input: toWire(parameters),
  prepare: async (session, options) => ({ parties: certificateParties(await ask(session, certificateVerbs.certificate, { id: parameters.certificateId }, options)) }),
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.withdrawReplacement>),
}));
