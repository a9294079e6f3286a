import type { InputOf, ResultOf } from '@dualchain/model';
import { collateralVerbs } from '@dualchain/model';
import type { Receipt } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import type { Absence } from '../submission/parties';
import { receiptParties } from '../submission/parties';

export type WithdrawReceiptOfferParameters = Loose<InputOf<typeof collateralVerbs.withdrawReceiptOffer>> & Absence;
export type WithdrawReceiptOfferResult = Receipt;

/**
 * The owner takes its offer back; the receipt is as before. With `absent` the authority stands in for a party that is gone.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE.
 */
export const withdrawReceiptOffer = action<WithdrawReceiptOfferParameters, WithdrawReceiptOfferResult>(({ absent, ...parameters }) => ({
  verb: collateralVerbs.withdrawReceiptOffer,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const receipt = await ask(session, collateralVerbs.receipt, { id: parameters.receiptId }, options);
    return { parties: receiptParties(receipt, absent) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof collateralVerbs.withdrawReceiptOffer>),
}));
