import type { InputOf, ResultOf } from '@dualchain/model';
import { collateralVerbs } from '@dualchain/model';
import type { Receipt } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import type { Absence } from '../submission/parties';
import { receiptParties } from '../submission/parties';

export type HoldReceiptParameters = Loose<InputOf<typeof collateralVerbs.holdReceipt>> & Absence;
export type HoldReceiptResult = Receipt;

/**
 * Anyone shows why goods are worth nothing now. A recall, an expiry or a custody gap stands on the ledger; any other
 * breach is told by `eventId`, and where that tells of an ancestor of the lot, `way` leads from there to it (`trace.traceBack`
 * finds it). A pledged receipt gets a margin call. With `absent` another party stands in for one that is gone.
 * Throws NOT_FOUND, WRONG_STATE, EVIDENCE_MISSING.
 */
export const holdReceipt = action<HoldReceiptParameters, HoldReceiptResult>(({ absent, ...parameters }) => ({
  verb: collateralVerbs.holdReceipt,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const receipt = await ask(session, collateralVerbs.receipt, { id: parameters.receiptId }, options);
    return { parties: receiptParties(receipt, absent) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof collateralVerbs.holdReceipt>),
}));
