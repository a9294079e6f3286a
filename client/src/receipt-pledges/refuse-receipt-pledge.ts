import type { InputOf, ResultOf } from '@dualchain/model';
import { collateralVerbs } from '@dualchain/model';
import type { ReceiptPledge } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import type { Absence } from '../submission/parties';
import { receiptPledgeParties } from '../submission/parties';

export type RefuseReceiptPledgeParameters = Loose<InputOf<typeof collateralVerbs.refuseReceiptPledge>> & Absence;
export type RefuseReceiptPledgeResult = ReceiptPledge;

/**
 * Financier or warehouse refuses; the receipt is as before. With `absent` the authority stands in for a party that is gone.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE.
 */
export const refuseReceiptPledge = action<RefuseReceiptPledgeParameters, RefuseReceiptPledgeResult>(({ absent, ...parameters }) => ({
  verb: collateralVerbs.refuseReceiptPledge,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const pledge = await ask(session, collateralVerbs.receiptPledge, { id: parameters.pledgeId }, options);
    return { parties: receiptPledgeParties(pledge, absent) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof collateralVerbs.refuseReceiptPledge>),
}));
