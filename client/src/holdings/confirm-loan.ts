import type { InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { Created, Holding } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import { holdingParties } from '../submission/parties';

export type ConfirmLoanParameters = Loose<InputOf<typeof certificateVerbs.confirmLoan>>;
export type ConfirmLoanResult = Created<Holding>;

/**
 * The settler confirms by a payment reference that is used once that the loan was paid out: the holding is pledged.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, PAYMENT_REFERENCE_USED, RECALLED, FROZEN, NOT_GENUINE.
 */
export const confirmLoan = action<ConfirmLoanParameters, ConfirmLoanResult>((parameters) => ({
  verb: certificateVerbs.confirmLoan,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const [holding, loan] = await Promise.all([ask(session, certificateVerbs.holding, { id: parameters.holdingId }, options), ask(session, certificateVerbs.openLoan, { id: parameters.loanId }, options)]);
    // Not the holding's proposal: it is gone where the very same confirmation is repeated after the repayment.
    return { parties: { ...holdingParties(holding), settler: session.mspId, financier: loan.skeleton.financier } };
  },
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.confirmLoan>),
}));
