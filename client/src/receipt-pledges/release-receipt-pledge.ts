import type { InputOf, ResultOf } from '@dualchain/model';
import { collateralVerbs } from '@dualchain/model';
import type { ReceiptPledge } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import type { Absence } from '../submission/parties';
import { receiptPledgeParties } from '../submission/parties';

export type ReleaseReceiptPledgeParameters = Loose<InputOf<typeof collateralVerbs.releaseReceiptPledge>> & Absence;
export type ReleaseReceiptPledgeResult = ReceiptPledge;

/**
 * The financier releases the receipt; owner and warehouse may once the loan is repaid.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE.
 */
export const releaseReceiptPledge = action<ReleaseReceiptPledgeParameters, ReleaseReceiptPledgeResult>(({ absent, ...parameters }) => ({
  verb: collateralVerbs.releaseReceiptPledge,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const pledge = await ask(session, collateralVerbs.receiptPledge, { id: parameters.pledgeId }, options);
    return { parties: receiptPledgeParties(pledge, absent) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof collateralVerbs.releaseReceiptPledge>),
}));
