import type { InputOf, ResultOf } from '@dualchain/model';
import { collateralVerbs } from '@dualchain/model';
import type { Loose, Typed } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask, openingsFor } from '../submission/ask';
import { receiptParties } from '../submission/parties';

export type MergeReceiptsParameters = Loose<InputOf<typeof collateralVerbs.mergeReceipts>>;
export type MergeReceiptsResult = Typed<ResultOf<typeof collateralVerbs.mergeReceipts>>;

/**
 * The owner joins receipts over one delivery into one.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, INVALID_INPUT, ALREADY_EXISTS.
 */
export const mergeReceipts = action<MergeReceiptsParameters, MergeReceiptsResult>((parameters) => ({
  verb: collateralVerbs.mergeReceipts,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const opened = await Promise.all(parameters.receiptIds.map((id) => ask(session, collateralVerbs.openReceipt, { id }, options)));
    const [first] = opened;
    return { parties: first === undefined ? {} : receiptParties(first.skeleton), openings: openingsFor(collateralVerbs.mergeReceipts, ...opened) };
  },
  existing: async (session, options) => openingsFor(collateralVerbs.mergeReceipts, await ask(session, collateralVerbs.openReceipt, { id: parameters.into }, options)),
  decode: (answer) => typed(answer as ResultOf<typeof collateralVerbs.mergeReceipts>),
}));
