import type { InputOf, ResultOf } from '@dualchain/model';
import { collateralVerbs } from '@dualchain/model';
import type { ReceiptPledge } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import { receiptPledgeParties } from '../submission/parties';

export type ConfirmReceiptPledgeParameters = Loose<InputOf<typeof collateralVerbs.confirmReceiptPledge>>;
export type ConfirmReceiptPledgeResult = ReceiptPledge;

/**
 * The warehouse agrees to hold the goods for the financier.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, EXPIRED, RECALLED, HELD.
 */
export const confirmReceiptPledge = action<ConfirmReceiptPledgeParameters, ConfirmReceiptPledgeResult>((parameters) => ({
  verb: collateralVerbs.confirmReceiptPledge,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const pledge = await ask(session, collateralVerbs.receiptPledge, { id: parameters.pledgeId }, options);
    return { parties: receiptPledgeParties(pledge) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof collateralVerbs.confirmReceiptPledge>),
}));
