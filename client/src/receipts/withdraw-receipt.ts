import type { InputOf, ResultOf } from '@dualchain/model';
import { collateralVerbs } from '@dualchain/model';
import type { Receipt } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask, openingsFor } from '../submission/ask';
import { receiptParties } from '../submission/parties';

export type WithdrawReceiptParameters = Loose<InputOf<typeof collateralVerbs.withdrawReceipt>>;
export type WithdrawReceiptResult = Receipt;

/**
 * The warehouse withdraws a receipt before the depositor consented; the quantity is free for another one.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, NOT_GENUINE.
 */
export const withdrawReceipt = action<WithdrawReceiptParameters, WithdrawReceiptResult>((parameters) => ({
  verb: collateralVerbs.withdrawReceipt,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const opened = await ask(session, collateralVerbs.openReceipt, { id: parameters.receiptId }, options);
    return { parties: receiptParties(opened.skeleton), openings: openingsFor(collateralVerbs.withdrawReceipt, opened) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof collateralVerbs.withdrawReceipt>),
}));
