import type { InputOf, ResultOf } from '@dualchain/model';
import { collateralVerbs } from '@dualchain/model';
import type { ReceiptPledge } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask, openingsFor } from '../submission/ask';
import { receiptPledgeParties } from '../submission/parties';

export type OfferSubstituteParameters = Loose<InputOf<typeof collateralVerbs.offerSubstitute>>;
export type OfferSubstituteResult = ReceiptPledge;

/**
 * The owner offers another receipt of the same warehouse that covers what is owed.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, COLLATERAL_INSUFFICIENT, EXPIRED, RECALLED, HELD.
 */
export const offerSubstitute = action<OfferSubstituteParameters, OfferSubstituteResult>((parameters) => ({
  verb: collateralVerbs.offerSubstitute,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const loan = await ask(session, collateralVerbs.openReceiptPledge, { id: parameters.pledgeId }, options);
    const goods = await ask(session, collateralVerbs.openReceipt, { id: parameters.receiptId }, options);
    return { parties: receiptPledgeParties(loan.skeleton), openings: openingsFor(collateralVerbs.offerSubstitute, loan, goods) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof collateralVerbs.offerSubstitute>),
}));
