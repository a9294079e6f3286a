import type { InputOf, ResultOf } from '@dualchain/model';
import { collateralVerbs } from '@dualchain/model';
import type { ReceiptPledge } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import { receiptPledgeParties } from '../submission/parties';

export type ProposeReceiptPledgeParameters = Loose<InputOf<typeof collateralVerbs.proposeReceiptPledge>>;
export type ProposeReceiptPledgeResult = ReceiptPledge;

/**
 * The owner locks the receipt for a drafted loan. The warehouse learns who lends, never the terms.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, EXPIRED, RECALLED, HELD.
 */
export const proposeReceiptPledge = action<ProposeReceiptPledgeParameters, ProposeReceiptPledgeResult>((parameters) => ({
  verb: collateralVerbs.proposeReceiptPledge,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const pledge = await ask(session, collateralVerbs.receiptPledge, { id: parameters.pledgeId }, options);
    return { parties: receiptPledgeParties(pledge) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof collateralVerbs.proposeReceiptPledge>),
}));
