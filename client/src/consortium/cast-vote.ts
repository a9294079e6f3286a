import type { InputOf, ResultOf } from '@dualchain/model';
import { consortiumVerbs } from '@dualchain/model';
import type { Created, Vote } from '../results/objects';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { withWitness } from '../submission/parties';

export type CastVoteParameters = InputOf<typeof consortiumVerbs.castVote> & {
  /** Second organisation that endorses; default: the authority, else another member. */
  readonly witness?: string;
};
export type CastVoteResult = Created<Vote>;

/**
 * The own organisation votes for or against a motion. A vote stands; the same vote again is no second one.
 * Throws NOT_A_MEMBER, NOT_FOUND, WRONG_STATE, EXPIRED, ALREADY_EXISTS (it voted otherwise), NOT_GENUINE (the motion is not what its proposer proposed).
 */
export const castVote = action<CastVoteParameters, CastVoteResult>(({ witness, ...input }) => ({
  verb: consortiumVerbs.castVote,
  input: toWire(input),
  prepare: (session) => ({ parties: withWitness(session, witness) }),
  decode: (answer) => typed(answer as ResultOf<typeof consortiumVerbs.castVote>),
}));
