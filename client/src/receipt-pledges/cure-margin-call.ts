import type { InputOf, ResultOf } from '@dualchain/model';
import { collateralVerbs } from '@dualchain/model';
import type { ReceiptPledge } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import { receiptPledgeParties } from '../submission/parties';

export type CureMarginCallParameters = Loose<InputOf<typeof collateralVerbs.cureMarginCall>>;
export type CureMarginCallResult = ReceiptPledge;

/**
 * The financier takes a margin call back.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE.
 */
export const cureMarginCall = action<CureMarginCallParameters, CureMarginCallResult>((parameters) => ({
  verb: collateralVerbs.cureMarginCall,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const pledge = await ask(session, collateralVerbs.receiptPledge, { id: parameters.pledgeId }, options);
    return { parties: receiptPledgeParties(pledge) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof collateralVerbs.cureMarginCall>),
}));
