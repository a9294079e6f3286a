import type { InputOf, ResultOf } from '@dualchain/model';
import { collateralVerbs } from '@dualchain/model';
import type { Receipt } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import { receiptParties } from '../submission/parties';

export type DeliverReceiptParameters = Loose<InputOf<typeof collateralVerbs.deliverReceipt>>;
export type DeliverReceiptResult = Receipt;

/**
 * The warehouse gives the goods to the owner; `eventIds` are its own shipping events.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, PLEDGED, EVIDENCE_MISSING.
 */
export const deliverReceipt = action<DeliverReceiptParameters, DeliverReceiptResult>((parameters) => ({
  verb: collateralVerbs.deliverReceipt,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const receipt = await ask(session, collateralVerbs.receipt, { id: parameters.receiptId }, options);
    return { parties: receiptParties(receipt) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof collateralVerbs.deliverReceipt>),
}));
