import type { InputOf, ResultOf, SealedOf } from '@dualchain/model';
import { collateralVerbs } from '@dualchain/model';
import type { ReceiptPledge } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask, openingsFor } from '../submission/ask';
import { receiptPledgeParties } from '../submission/parties';

export type CallMarginParameters = Loose<InputOf<typeof collateralVerbs.callMargin> & SealedOf<typeof collateralVerbs.callMargin>>;
export type CallMarginResult = ReceiptPledge;

/**
 * The financier asks for more: at `unitValue` (minor units for one unit of the goods) they no longer cover what is owed.
 * The value is sealed between financier and settler.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, EVIDENCE_MISSING, NOT_GENUINE.
 */
export const callMargin = action<CallMarginParameters, CallMarginResult>(({ unitValue, ...parameters }) => ({
  verb: collateralVerbs.callMargin,
  input: toWire(parameters),
  sealed: toWire({ unitValue }),
  prepare: async (session, options) => {
    const loan = await ask(session, collateralVerbs.openReceiptPledge, { id: parameters.pledgeId }, options);
    const goods = await ask(session, collateralVerbs.openReceipt, { id: loan.skeleton.receiptId }, options);
    return { parties: receiptPledgeParties(loan.skeleton), openings: openingsFor(collateralVerbs.callMargin, loan, goods) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof collateralVerbs.callMargin>),
}));
