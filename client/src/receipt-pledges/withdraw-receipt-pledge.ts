import type { InputOf, ResultOf } from '@dualchain/model';
import { collateralVerbs } from '@dualchain/model';
import type { ReceiptPledge } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import type { Absence } from '../submission/parties';
import { receiptPledgeParties } from '../submission/parties';

export type WithdrawReceiptPledgeParameters = Loose<InputOf<typeof collateralVerbs.withdrawReceiptPledge>> & Absence;
export type WithdrawReceiptPledgeResult = ReceiptPledge;

/**
 * The owner withdraws a loan that was not secured; the receipt is as before.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE.
 */
export const withdrawReceiptPledge = action<WithdrawReceiptPledgeParameters, WithdrawReceiptPledgeResult>(({ absent, ...parameters }) => ({
  verb: collateralVerbs.withdrawReceiptPledge,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const pledge = await ask(session, collateralVerbs.receiptPledge, { id: parameters.pledgeId }, options);
    const parties = receiptPledgeParties(pledge, absent);
    // A draft belongs to owner and financier; the warehouse knows nothing of it yet.
    return { parties: pledge.state === 'draft' ? { ...parties, warehouse: pledge.financier } : parties };
  },
  decode: (answer) => typed(answer as ResultOf<typeof collateralVerbs.withdrawReceiptPledge>),
}));
