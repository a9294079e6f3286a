import type { InputOf, ResultOf } from '@dualchain/model';
import { collateralVerbs } from '@dualchain/model';
import type { Receipt } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import { receiptParties } from '../submission/parties';

export type AcceptReceiptParameters = Loose<InputOf<typeof collateralVerbs.acceptReceipt>>;
export type AcceptReceiptResult = Receipt;

/**
 * The depositor consents: the receipt is active, and the depositor owns the goods in store.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE.
 */
export const acceptReceipt = action<AcceptReceiptParameters, AcceptReceiptResult>((parameters) => ({
  verb: collateralVerbs.acceptReceipt,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const receipt = await ask(session, collateralVerbs.receipt, { id: parameters.receiptId }, options);
    return { parties: receiptParties(receipt) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof collateralVerbs.acceptReceipt>),
}));
