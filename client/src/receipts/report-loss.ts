import type { InputOf, ResultOf } from '@dualchain/model';
import { collateralVerbs } from '@dualchain/model';
import type { Receipt } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import type { Absence } from '../submission/parties';
import { receiptParties } from '../submission/parties';

export type ReportLossParameters = Loose<InputOf<typeof collateralVerbs.reportLoss>> & Absence;
export type ReportLossResult = Receipt;

/**
 * The warehouse, or the carrier on the way, reports the goods as lost; `evidenceHash` is the SHA-256 of what shows it.
 * A pledged receipt gets a margin call.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE.
 */
export const reportLoss = action<ReportLossParameters, ReportLossResult>(({ absent, ...parameters }) => ({
  verb: collateralVerbs.reportLoss,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const receipt = await ask(session, collateralVerbs.receipt, { id: parameters.receiptId }, options);
    return { parties: { ...receiptParties(receipt, absent), self: session.mspId } };
  },
  decode: (answer) => typed(answer as ResultOf<typeof collateralVerbs.reportLoss>),
}));
