import type { InputOf, ResultOf } from '@dualchain/model';
import { collateralVerbs } from '@dualchain/model';
import type { Receipt } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import type { Absence } from '../submission/parties';
import { receiptParties } from '../submission/parties';

export type ReleaseHoldParameters = Loose<InputOf<typeof collateralVerbs.releaseHold>> & Absence;
export type ReleaseHoldResult = Receipt;

/**
 * Anyone lifts a hold whose causes are all gone; a margin call that had no other reason ends with it.
 * Throws NOT_FOUND, WRONG_STATE, RECALLED, HELD.
 */
export const releaseHold = action<ReleaseHoldParameters, ReleaseHoldResult>(({ absent, ...parameters }) => ({
  verb: collateralVerbs.releaseHold,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const receipt = await ask(session, collateralVerbs.receipt, { id: parameters.receiptId }, options);
    return { parties: receiptParties(receipt, absent) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof collateralVerbs.releaseHold>),
}));
