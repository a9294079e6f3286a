import { DualchainError } from '../errors';
import type { EpcisProblem } from './types';

/** An EPCIS input that cannot be read: code INVALID_EPCIS, every problem with event index, path and rule. */
export class EpcisInputError extends DualchainError {
  readonly problems: readonly EpcisProblem[];

  constructor(problems: readonly EpcisProblem[]) {
    const [first] = problems;
    super('INVALID_EPCIS', `${first === undefined ? 'The EPCIS input is not valid.' : `${first.path}: ${first.message}`}${problems.length > 1 ? ` (and ${problems.length - 1} more)` : ''}`, { details: { problems } });
    this.problems = problems;
  }
}

/** Refuses an input for one reason. */
export function refuseInput(path: string, rule: string, message: string, event?: number): never {
  throw new EpcisInputError([{ ...(event === undefined ? {} : { event }), path, rule, message }]);
}
