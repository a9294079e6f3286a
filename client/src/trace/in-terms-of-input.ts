import type { EpcisInputEvent, EpcisProblem } from '@dualchain/model';
import { DualchainError, EpcisInputError, locateProblem } from '@dualchain/model';

/** Place in the input of an event of a batch. */
export function placeOf(batch: readonly EpcisInputEvent[], index: number): number {
  return batch[index]?.index ?? index;
}

/** A problem that names event and path within a batch, named within the input. */
export function inInput(batch: readonly EpcisInputEvent[], problem: EpcisProblem): EpcisProblem {
  const item = batch[problem.event ?? -1];
  return item === undefined ? problem : locateProblem(item, problem);
}

/** What the ledger found wrong with events of a batch, told in terms of the input; undefined for any other error. */
export function problemsInInput(error: unknown, batch: readonly EpcisInputEvent[]): EpcisProblem[] | undefined {
  if (!(error instanceof DualchainError) || error.code !== 'INVALID_EPCIS' || !Array.isArray(error.details['problems'])) return undefined;
  return (error.details['problems'] as EpcisProblem[]).map((problem) => inInput(batch, problem));
}

/** The same error with events and paths of the input instead of the transaction. */
export function inTermsOfInput(error: DualchainError, batch: readonly EpcisInputEvent[], standing: Readonly<Record<string, unknown>> = {}): DualchainError {
  const problems = problemsInInput(error, batch);
  const details = {
    ...error.details,
    ...(problems !== undefined && { problems }),
    events: { from: placeOf(batch, 0), to: placeOf(batch, batch.length - 1) },
    ...standing,
  };
  const message = problems === undefined ? error.message : new EpcisInputError(problems).message;
  return new DualchainError(error.code, message, { details, cause: error, ...(error.transactionId !== undefined && { transactionId: error.transactionId }) });
}
