import type { InputOf, ResultOf } from '@dualchain/model';
import { collateralVerbs } from '@dualchain/model';
import type { Receipt } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import type { Absence } from '../submission/parties';
import { receiptParties } from '../submission/parties';

export type RefuseReceiptOfferParameters = Loose<InputOf<typeof collateralVerbs.refuseReceiptOffer>> & Absence;
export type RefuseReceiptOfferResult = Receipt;

/**
 * The receiver refuses; the receipt is as before. With `absent` the authority stands in for a party that is gone.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE.
 */
export const refuseReceiptOffer = action<RefuseReceiptOfferParameters, RefuseReceiptOfferResult>(({ absent, ...parameters }) => ({
  verb: collateralVerbs.refuseReceiptOffer,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const receipt = await ask(session, collateralVerbs.receipt, { id: parameters.receiptId }, options);
    return { parties: receiptParties(receipt, absent) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof collateralVerbs.refuseReceiptOffer>),
}));
