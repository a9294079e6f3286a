import type { InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { Holding } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import { holdingParties, withoutAbsent } from '../submission/parties';
import type { Absence } from '../submission/parties';

export type WithdrawQuotesParameters = Loose<InputOf<typeof certificateVerbs.withdrawQuotes>> & Absence;
export type WithdrawQuotesResult = Holding;

/**
 * The owner stops asking for quotes: the holding is as it was before. `absent`: a party whose peers are gone.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE.
 */
export const withdrawQuotes = action<WithdrawQuotesParameters, WithdrawQuotesResult>(({ absent, ...input }) => ({
  verb: certificateVerbs.withdrawQuotes,
  input: toWire(input),
  prepare: async (session, options) => {
    const holding = await ask(session, certificateVerbs.holding, { id: input.holdingId }, options);
    return { parties: withoutAbsent(holdingParties(holding), holding, absent) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.withdrawQuotes>),
}));
