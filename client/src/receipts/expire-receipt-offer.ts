import type { InputOf, ResultOf } from '@dualchain/model';
import { collateralVerbs } from '@dualchain/model';
import type { Receipt } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import type { Absence } from '../submission/parties';
import { receiptParties } from '../submission/parties';

export type ExpireReceiptOfferParameters = Loose<InputOf<typeof collateralVerbs.expireReceiptOffer>> & Absence;
export type ExpireReceiptOfferResult = Receipt;

/**
 * Anyone ends an offer after its expiry. With `absent` the authority stands in for a party that is gone.
 * Throws NOT_FOUND, WRONG_STATE, NOT_YET.
 */
export const expireReceiptOffer = action<ExpireReceiptOfferParameters, ExpireReceiptOfferResult>(({ absent, ...parameters }) => ({
  verb: collateralVerbs.expireReceiptOffer,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const receipt = await ask(session, collateralVerbs.receipt, { id: parameters.receiptId }, options);
    return { parties: receiptParties(receipt, absent) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof collateralVerbs.expireReceiptOffer>),
}));
