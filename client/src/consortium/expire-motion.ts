import type { ResultOf } from '@dualchain/model';
import { consortiumVerbs } from '@dualchain/model';
import type { Motion, MotionId } from '../results/objects';
import { typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';

export interface ExpireMotionParameters {
  readonly motionId: MotionId;
  /** Organisations that endorse beside the own one; default: the proposer. As many as a vote needed do as well. */
  readonly endorsers?: readonly string[];
}
export type ExpireMotionResult = Motion;

/**
 * Closes a motion whose time has passed. Any active member does it; the proposer's peer, or as many members as a vote
 * needed when it was proposed, endorse.
 * Throws NOT_FOUND, WRONG_STATE, NOT_YET.
 */
export const expireMotion = action<ExpireMotionParameters, ExpireMotionResult>(({ motionId, endorsers }) => ({
  verb: consortiumVerbs.expireMotion,
  input: { motionId },
  prepare: async (session, options) => ({ parties: { self: session.mspId, voters: endorsers ?? (await ask(session, consortiumVerbs.motion, { motionId }, options)).motion.proposer } }),
  decode: (answer) => typed(answer as ResultOf<typeof consortiumVerbs.expireMotion>),
}));
