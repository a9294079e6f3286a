import type { InputOf, ResultOf, SealedOf } from '@dualchain/model';
import { collateralVerbs } from '@dualchain/model';
import type { Created, ReceiptPledge } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask, openingsFor } from '../submission/ask';
import { receiptPledgeParties } from '../submission/parties';

export type RepayReceiptLoanParameters = Loose<InputOf<typeof collateralVerbs.repayReceiptLoan> & SealedOf<typeof collateralVerbs.repayReceiptLoan>>;
export type RepayReceiptLoanResult = Created<ReceiptPledge>;

/**
 * The settler confirms a repayment of `amount` minor units by a unique payment reference. A call for value ends when the
 * goods cover the rest; a loan of which nothing is owed is repaid, and anyone of the three releases the receipt.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, AMOUNT_MISMATCH, PAYMENT_REFERENCE_USED, NOT_GENUINE.
 */
export const repayReceiptLoan = action<RepayReceiptLoanParameters, RepayReceiptLoanResult>(({ amount, ...parameters }) => ({
  verb: collateralVerbs.repayReceiptLoan,
  input: toWire(parameters),
  sealed: toWire({ amount }),
  prepare: async (session, options) => {
    const loan = await ask(session, collateralVerbs.openReceiptPledge, { id: parameters.pledgeId }, options);
    const goods = await ask(session, collateralVerbs.openReceipt, { id: loan.skeleton.receiptId }, options);
    return { parties: receiptPledgeParties(loan.skeleton), openings: openingsFor(collateralVerbs.repayReceiptLoan, loan, goods) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof collateralVerbs.repayReceiptLoan>),
}));
