import type { InputOf, ResultOf, SealedOf } from '@dualchain/model';
import { collateralVerbs } from '@dualchain/model';
import type { ReceiptPledge } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask, openingsFor } from '../submission/ask';
import { receiptPledgeParties } from '../submission/parties';

export type SealProceedsParameters = Loose<InputOf<typeof collateralVerbs.sealProceeds> & SealedOf<typeof collateralVerbs.sealProceeds>>;
export type SealProceedsResult = ReceiptPledge;

/**
 * The settler accounts for a sale: `proceeds` in minor units; what was owed, what is left or missing follow. Sealed
 * between settler and financier.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, ALREADY_EXISTS, NOT_GENUINE.
 */
export const sealProceeds = action<SealProceedsParameters, SealProceedsResult>(({ proceeds, ...parameters }) => ({
  verb: collateralVerbs.sealProceeds,
  input: toWire(parameters),
  sealed: toWire({ proceeds }),
  prepare: async (session, options) => {
    const loan = await ask(session, collateralVerbs.openReceiptPledge, { id: parameters.pledgeId }, options);
    return { parties: receiptPledgeParties(loan.skeleton), openings: openingsFor(collateralVerbs.sealProceeds, loan) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof collateralVerbs.sealProceeds>),
}));
