import type { InputOf, ResultOf } from '@dualchain/model';
import { collateralVerbs } from '@dualchain/model';
import type { ReceiptPledge } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import { receiptPledgeParties } from '../submission/parties';

export type AcceptReceiptPledgeParameters = Loose<InputOf<typeof collateralVerbs.acceptReceiptPledge>>;
export type AcceptReceiptPledgeResult = ReceiptPledge;

/**
 * The financier agrees to lend.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, EXPIRED, EVIDENCE_MISSING, RECALLED, HELD.
 */
export const acceptReceiptPledge = action<AcceptReceiptPledgeParameters, AcceptReceiptPledgeResult>((parameters) => ({
  verb: collateralVerbs.acceptReceiptPledge,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const pledge = await ask(session, collateralVerbs.receiptPledge, { id: parameters.pledgeId }, options);
    return { parties: receiptPledgeParties(pledge) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof collateralVerbs.acceptReceiptPledge>),
}));
