import type { InputOf, ResultOf } from '@dualchain/model';
import { collateralVerbs } from '@dualchain/model';
import type { Receipt } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import { receiptParties } from '../submission/parties';

export type CloseReceiptParameters = Loose<InputOf<typeof collateralVerbs.closeReceipt>>;
export type CloseReceiptResult = Receipt;

/**
 * The owner confirms the delivery.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE.
 */
export const closeReceipt = action<CloseReceiptParameters, CloseReceiptResult>((parameters) => ({
  verb: collateralVerbs.closeReceipt,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const receipt = await ask(session, collateralVerbs.receipt, { id: parameters.receiptId }, options);
    return { parties: receiptParties(receipt) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof collateralVerbs.closeReceipt>),
}));
