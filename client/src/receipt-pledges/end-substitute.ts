import type { InputOf, ResultOf } from '@dualchain/model';
import { collateralVerbs } from '@dualchain/model';
import type { ReceiptPledge } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import type { Absence } from '../submission/parties';
import { receiptPledgeParties } from '../submission/parties';

export type EndSubstituteParameters = Loose<InputOf<typeof collateralVerbs.endSubstitute>> & Absence;
export type EndSubstituteResult = ReceiptPledge;

/**
 * Owner or financier ends the offer of a substitute; anyone after its expiry.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE.
 */
export const endSubstitute = action<EndSubstituteParameters, EndSubstituteResult>(({ absent, ...parameters }) => ({
  verb: collateralVerbs.endSubstitute,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const pledge = await ask(session, collateralVerbs.receiptPledge, { id: parameters.pledgeId }, options);
    return { parties: receiptPledgeParties(pledge, absent) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof collateralVerbs.endSubstitute>),
}));
