import type { InputOf, ResultOf } from '@dualchain/model';
import { collateralVerbs } from '@dualchain/model';
import type { Receipt } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import { receiptParties } from '../submission/parties';

export type TakeCustodyParameters = Loose<InputOf<typeof collateralVerbs.takeCustody>>;
export type TakeCustodyResult = Receipt;

/**
 * The carrier shows by its own events that it has the goods, and in the end that it brought them.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, EVIDENCE_MISSING.
 */
export const takeCustody = action<TakeCustodyParameters, TakeCustodyResult>((parameters) => ({
  verb: collateralVerbs.takeCustody,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const receipt = await ask(session, collateralVerbs.receipt, { id: parameters.receiptId }, options);
    return { parties: receiptParties(receipt) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof collateralVerbs.takeCustody>),
}));
