import type { RecallProgress } from '@dualchain/model';
import { traceVerbs } from '@dualchain/model';
import type { Typed } from '../results/typed';
import type { CallOptions, Session } from '../session';
import type { StepParameters } from './until-done';
import { untilDone } from './until-done';

export type AdvanceRecallParameters = StepParameters;
export type AdvanceRecallResult = Typed<RecallProgress>;

/**
 * Spreads a recall to descendants and containers, in bounded transactions, until nothing is left; any member may call
 * it, again and again. `limit` bounds the lots and objects of one transaction.
 * Throws NOT_FOUND, WRONG_STATE.
 */
export function advanceRecall(session: Session, parameters: AdvanceRecallParameters, options?: CallOptions): Promise<AdvanceRecallResult> {
  return untilDone(session, traceVerbs.advanceRecall, parameters, options);
}
