import type { InputOf, ResultOf } from '@dualchain/model';
import { collateralVerbs } from '@dualchain/model';
import type { ReceiptPledge } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import type { Absence } from '../submission/parties';
import { receiptPledgeParties } from '../submission/parties';

export type ExpireReceiptPledgeParameters = Loose<InputOf<typeof collateralVerbs.expireReceiptPledge>> & Absence;
export type ExpireReceiptPledgeResult = ReceiptPledge;

/**
 * Anyone ends a proposal after its expiry; the receipt is as before. With `absent` the authority stands in for a party that is gone.
 * Throws NOT_FOUND, WRONG_STATE, NOT_YET.
 */
export const expireReceiptPledge = action<ExpireReceiptPledgeParameters, ExpireReceiptPledgeResult>(({ absent, ...parameters }) => ({
  verb: collateralVerbs.expireReceiptPledge,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const pledge = await ask(session, collateralVerbs.receiptPledge, { id: parameters.pledgeId }, options);
    return { parties: receiptPledgeParties(pledge, absent) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof collateralVerbs.expireReceiptPledge>),
}));
