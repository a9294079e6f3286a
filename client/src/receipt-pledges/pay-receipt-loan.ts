import type { InputOf, ResultOf } from '@dualchain/model';
import { collateralVerbs } from '@dualchain/model';
import type { Created, ReceiptPledge } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import { receiptPledgeParties } from '../submission/parties';

export type PayReceiptLoanParameters = Loose<InputOf<typeof collateralVerbs.payReceiptLoan>>;
export type PayReceiptLoanResult = Created<ReceiptPledge>;

/**
 * The settler confirms by a unique payment reference that the loan was paid out: the receipt is pledged from here.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, PAYMENT_REFERENCE_USED, NOT_GENUINE, RECALLED, HELD.
 */
export const payReceiptLoan = action<PayReceiptLoanParameters, PayReceiptLoanResult>((parameters) => ({
  verb: collateralVerbs.payReceiptLoan,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const pledge = await ask(session, collateralVerbs.receiptPledge, { id: parameters.pledgeId }, options);
    return { parties: receiptPledgeParties(pledge) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof collateralVerbs.payReceiptLoan>),
}));
