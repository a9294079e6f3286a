import type { ResultOf } from '@dualchain/model';
import { consortiumVerbs } from '@dualchain/model';
import type { Motion, MotionId } from '../results/objects';
import { typed } from '../results/typed';
import { action } from '../submission/action';
import { withWitness } from '../submission/parties';

export interface WithdrawMotionParameters {
  readonly motionId: MotionId;
  /** Second organisation that endorses; default: the authority, else another member. */
  readonly witness?: string;
}
export type WithdrawMotionResult = Motion;

/**
 * The proposer takes its motion back.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE.
 */
export const withdrawMotion = action<WithdrawMotionParameters, WithdrawMotionResult>(({ motionId, witness }) => ({
  verb: consortiumVerbs.withdrawMotion,
  input: { motionId },
  prepare: (session) => ({ parties: withWitness(session, witness) }),
  decode: (answer) => typed(answer as ResultOf<typeof consortiumVerbs.withdrawMotion>),
}));
