import type { ResultOf } from '@dualchain/model';
import { consortiumVerbs } from '@dualchain/model';
import type { Enacted, MotionId } from '../results/objects';
import { typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';

export interface EnactMotionParameters {
  readonly motionId: MotionId;
  /** Organisations that endorse, as many as a vote needs; default: all that voted for it. */
  readonly endorsers?: readonly string[];
}
export type EnactMotionResult = Enacted;

/**
 * Puts a motion into force that enough members voted for. Any active member does it; those that voted for it endorse.
 * Throws NOT_FOUND, VOTES_MISSING, WRONG_STATE (closed, or what it changes has changed since), EXPIRED,
 * ENDORSEMENT_POLICY_FAILURE (fewer endorsers than a vote needs).
 */
export const enactMotion = action<EnactMotionParameters, EnactMotionResult>(({ motionId, endorsers }) => ({
  verb: consortiumVerbs.enactMotion,
  input: { motionId },
  prepare: async (session, options) => ({ parties: { voters: endorsers ?? (await votersOf(ask(session, consortiumVerbs.motion, { motionId }, options), session.mspId)) } }),
  decode: (answer) => typed(answer as ResultOf<typeof consortiumVerbs.enactMotion>),
}));

/** Without any vote the own peer at least says what is missing. */
async function votersOf(standing: Promise<ResultOf<typeof consortiumVerbs.motion>>, self: string): Promise<readonly string[]> {
  const { inFavour } = await standing;
  return inFavour.length === 0 ? [self] : inFavour;
}
