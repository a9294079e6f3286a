import type { InputOf, ResultOf } from '@dualchain/model';
import { collateralVerbs } from '@dualchain/model';
import type { ReceiptPledge } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask, openingsFor } from '../submission/ask';
import type { Absence } from '../submission/parties';
import { receiptPledgeParties } from '../submission/parties';

export type LiquidateReceiptPledgeParameters = Loose<InputOf<typeof collateralVerbs.liquidateReceiptPledge>> & Absence;
export type LiquidateReceiptPledgeResult = ReceiptPledge;

/**
 * The financier turns to the goods after the time to cure, or after the loan is due. The owner is not needed; with
 * `absent` the authority stands in for the warehouse.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, NOT_YET.
 */
export const liquidateReceiptPledge = action<LiquidateReceiptPledgeParameters, LiquidateReceiptPledgeResult>(({ absent, ...parameters }) => ({
  verb: collateralVerbs.liquidateReceiptPledge,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const pledge = await ask(session, collateralVerbs.receiptPledge, { id: parameters.pledgeId }, options);
    const goods = await ask(session, collateralVerbs.openReceipt, { id: pledge.receiptId }, options);
    return { parties: receiptPledgeParties(pledge, absent), openings: openingsFor(collateralVerbs.liquidateReceiptPledge, goods) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof collateralVerbs.liquidateReceiptPledge>),
}));
