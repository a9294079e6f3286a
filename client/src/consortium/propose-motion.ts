import type { InputOf, ResultOf } from '@dualchain/model';
import { consortiumVerbs } from '@dualchain/model';
import type { Created, Motion } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { withWitness } from '../submission/parties';

export type ProposeMotionParameters = Loose<InputOf<typeof consortiumVerbs.proposeMotion>> & {
  /** Second organisation that endorses; default: the authority, else another member. */
  readonly witness?: string;
};
export type ProposeMotionResult = Created<Motion>;

/**
 * Proposes a change of members or of the channel policy, and votes for it. What could not be enacted as things stand is
 * refused at once.
 * Throws INVALID_INPUT, NOT_A_MEMBER, EXPIRED, NOT_FOUND (no such member), WRONG_STATE, ALREADY_EXISTS.
 */
export const proposeMotion = action<ProposeMotionParameters, ProposeMotionResult>(({ witness, ...input }) => ({
  verb: consortiumVerbs.proposeMotion,
  input: toWire(input),
  prepare: (session) => ({ parties: withWitness(session, witness) }),
  decode: (answer) => typed(answer as ResultOf<typeof consortiumVerbs.proposeMotion>),
}));
