import type { InputOf, ResultOf, SealedOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { CreditLine } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask, openingsFor } from '../submission/ask';
import { lineParties } from './parties';

export type ChangeCreditLineParameters = Loose<InputOf<typeof certificateVerbs.changeCreditLine>> & Loose<SealedOf<typeof certificateVerbs.changeCreditLine>>;
export type ChangeCreditLineResult = CreditLine;

/**
 * The financier gives its credit line another `limit` in minor units, not below what is reserved.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, CREDIT_LINE_EXCEEDED.
 */
export const changeCreditLine = action<ChangeCreditLineParameters, ChangeCreditLineResult>(({ limit, ...input }) => ({
  verb: certificateVerbs.changeCreditLine,
  input: toWire(input),
  sealed: toWire({ limit }),
  prepare: async (session, options) => {
    const line = await ask(session, certificateVerbs.openCreditLine, { creditLineId: input.creditLineId }, options);
    return { parties: lineParties(line.skeleton), openings: openingsFor(certificateVerbs.changeCreditLine, line) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.changeCreditLine>),
}));
