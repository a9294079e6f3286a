import type { InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { Holding } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import { holdingParties } from '../submission/parties';

export type RegisterAssignmentParameters = Loose<InputOf<typeof certificateVerbs.registerAssignment>>;
export type RegisterAssignmentResult = Holding;

/**
 * Owner or settler notes under which reference the last assignment of a holding stands in the public registry; the time is
 * that of the transaction.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, ALREADY_EXISTS.
 */
export const registerAssignment = action<RegisterAssignmentParameters, RegisterAssignmentResult>((input) => ({
  verb: certificateVerbs.registerAssignment,
  input: toWire(input),
  prepare: async (session, options) => {
    const holding = await ask(session, certificateVerbs.holding, { id: input.holdingId }, options);
    return { parties: holdingParties(holding) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.registerAssignment>),
}));
