import type { InputOf, ResultOf } from '@dualchain/model';
import { collateralVerbs } from '@dualchain/model';
import type { Receipt } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask, openingsFor } from '../submission/ask';
import { receiptParties } from '../submission/parties';

export type AcceptReceiptOfferParameters = Loose<InputOf<typeof collateralVerbs.acceptReceiptOffer>>;
export type AcceptReceiptOfferResult = Receipt;

/**
 * The receiver accepts an offered receipt and owns the goods in store from here.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, EXPIRED, RECALLED, HELD.
 */
export const acceptReceiptOffer = action<AcceptReceiptOfferParameters, AcceptReceiptOfferResult>((parameters) => ({
  verb: collateralVerbs.acceptReceiptOffer,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const opened = await ask(session, collateralVerbs.openReceipt, { id: parameters.receiptId }, options);
    return { parties: receiptParties(opened.skeleton), openings: openingsFor(collateralVerbs.acceptReceiptOffer, opened) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof collateralVerbs.acceptReceiptOffer>),
}));
