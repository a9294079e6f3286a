import type { InputOf, ResultOf } from '@dualchain/model';
import { collateralVerbs } from '@dualchain/model';
import type { ReceiptPledge } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import { receiptPledgeParties } from '../submission/parties';

export type AcceptSubstituteParameters = Loose<InputOf<typeof collateralVerbs.acceptSubstitute>>;
export type AcceptSubstituteResult = ReceiptPledge;

/**
 * The financier takes the other receipt; the first one is free, and a margin call ends.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, EXPIRED, RECALLED, HELD.
 */
export const acceptSubstitute = action<AcceptSubstituteParameters, AcceptSubstituteResult>((parameters) => ({
  verb: collateralVerbs.acceptSubstitute,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const pledge = await ask(session, collateralVerbs.receiptPledge, { id: parameters.pledgeId }, options);
    return { parties: receiptPledgeParties(pledge) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof collateralVerbs.acceptSubstitute>),
}));
