import type { RecallProgress } from '@dualchain/model';
import { traceVerbs } from '@dualchain/model';
import type { Typed } from '../results/typed';
import type { CallOptions, Session } from '../session';
import type { StepParameters } from './until-done';
import { untilDone } from './until-done';

export type CloseRecallParameters = StepParameters;
export type CloseRecallResult = Typed<RecallProgress>;

/**
 * The author closes a recall: exactly what it alone caused is cleared, in bounded transactions, until nothing is left.
 * `limit` bounds the lots and objects of one transaction.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE.
 */
export function closeRecall(session: Session, parameters: CloseRecallParameters, options?: CallOptions): Promise<CloseRecallResult> {
  return untilDone(session, traceVerbs.closeRecall, parameters, options);
}
