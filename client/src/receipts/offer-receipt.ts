import type { InputOf, ResultOf } from '@dualchain/model';
import { collateralVerbs } from '@dualchain/model';
import type { Receipt } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask, openingsFor } from '../submission/ask';
import { receiptParties } from '../submission/parties';

export type OfferReceiptParameters = Loose<InputOf<typeof collateralVerbs.offerReceipt>>;
export type OfferReceiptResult = Receipt;

/**
 * The owner offers a receipt to another member, who can read its quantity from here. It is locked until the receiver
 * answers or the offer expires.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, NOT_A_MEMBER, EXPIRED, RECALLED, HELD.
 */
export const offerReceipt = action<OfferReceiptParameters, OfferReceiptResult>((parameters) => ({
  verb: collateralVerbs.offerReceipt,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const opened = await ask(session, collateralVerbs.openReceipt, { id: parameters.receiptId }, options);
    return { parties: { ...receiptParties(opened.skeleton), receiver: parameters.receiver }, openings: openingsFor(collateralVerbs.offerReceipt, opened) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof collateralVerbs.offerReceipt>),
}));
