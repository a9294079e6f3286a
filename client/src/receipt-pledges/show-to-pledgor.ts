import type { InputOf, ResultOf } from '@dualchain/model';
import { collateralVerbs } from '@dualchain/model';
import type { ReceiptPledge } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask, openingsFor } from '../submission/ask';
import { receiptPledgeParties } from '../submission/parties';

export type ShowToPledgorParameters = Loose<InputOf<typeof collateralVerbs.showToPledgor>>;
export type ShowToPledgorResult = ReceiptPledge;

/**
 * The financier shows the owner the valuation behind a margin call and the account of a sale.
 * Throws NOT_FOUND, NOT_A_PARTY, OPENING_REQUIRED, NOT_GENUINE.
 */
export const showToPledgor = action<ShowToPledgorParameters, ShowToPledgorResult>((parameters) => ({
  verb: collateralVerbs.showToPledgor,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const loan = await ask(session, collateralVerbs.openReceiptPledge, { id: parameters.pledgeId }, options);
    return { parties: receiptPledgeParties(loan.skeleton), openings: openingsFor(collateralVerbs.showToPledgor, loan) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof collateralVerbs.showToPledgor>),
}));
