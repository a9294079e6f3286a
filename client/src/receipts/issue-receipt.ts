import type { InputOf, ResultOf } from '@dualchain/model';
import { collateralVerbs } from '@dualchain/model';
import type { Receipt } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import { receiptParties } from '../submission/parties';

export type IssueReceiptParameters = Loose<InputOf<typeof collateralVerbs.issueReceipt>>;
export type IssueReceiptResult = Receipt;

/**
 * The warehouse's checker, another person than the maker, issues a drafted receipt.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, SAME_IDENTITY, RECALLED, HELD.
 */
export const issueReceipt = action<IssueReceiptParameters, IssueReceiptResult>((parameters) => ({
  verb: collateralVerbs.issueReceipt,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const receipt = await ask(session, collateralVerbs.receipt, { id: parameters.receiptId }, options);
    return { parties: receiptParties(receipt) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof collateralVerbs.issueReceipt>),
}));
