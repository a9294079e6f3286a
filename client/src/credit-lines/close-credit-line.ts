import type { InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { CreditLine } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import { lineParties } from './parties';

export type CloseCreditLineParameters = Loose<InputOf<typeof certificateVerbs.closeCreditLine>>;
export type CloseCreditLineResult = CreditLine;

/**
 * The financier closes its credit line: nothing more is reserved on it; what is reserved stays.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE.
 */
export const closeCreditLine = action<CloseCreditLineParameters, CloseCreditLineResult>((parameters) => ({
  verb: certificateVerbs.closeCreditLine,
  input: toWire(parameters),
  prepare: async (session, options) => ({ parties: lineParties(await ask(session, certificateVerbs.creditLine, { creditLineId: parameters.creditLineId }, options)) }),
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.closeCreditLine>),
}));
