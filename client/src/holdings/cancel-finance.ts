import type { InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { Holding } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import { holdingParties } from '../submission/parties';

export type CancelFinanceParameters = Loose<InputOf<typeof certificateVerbs.cancelFinance>>;
export type CancelFinanceResult = Holding;

/**
 * Owner or financier ends a finance that was not paid out: the holding is as it was before.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE.
 */
export const cancelFinance = action<CancelFinanceParameters, CancelFinanceResult>((parameters) => ({
  verb: certificateVerbs.cancelFinance,
  input: toWire(parameters),
  prepare: async (session, options) => ({ parties: holdingParties(await ask(session, certificateVerbs.holding, { id: parameters.holdingId }, options)) }),
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.cancelFinance>),
}));
