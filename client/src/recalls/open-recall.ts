import type { InputOf, ResultOf } from '@dualchain/model';
import { traceVerbs } from '@dualchain/model';
import type { Created, Recall } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { withWitness } from '../submission/parties';

export type OpenRecallParameters = Loose<InputOf<typeof traceVerbs.openRecall>> & {
  /** Second organisation that endorses; default: the authority, else another member. */
  readonly witness?: string;
};
export type OpenRecallResult = Created<Recall>;

/**
 * Inspector, authority or brand owner recalls a lot; {@link advanceRecall} spreads it.
 * Throws INVALID_INPUT, WRONG_ROLE, NOT_A_PARTY, ALREADY_EXISTS.
 */
export const openRecall = action<OpenRecallParameters, OpenRecallResult>(({ witness, ...input }) => ({
  verb: traceVerbs.openRecall,
  input: toWire(input),
  prepare: (session) => ({ parties: withWitness(session, witness) }),
  decode: (answer) => typed(answer as ResultOf<typeof traceVerbs.openRecall>),
}));
