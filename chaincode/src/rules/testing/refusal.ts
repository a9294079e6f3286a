import { DualchainError } from '@dualchain/model';

/** The error that a rule throws; fails where it throws none or another kind. */
export function refusalOf(rule: () => unknown): DualchainError {
  try {
    rule();
  } catch (error) {
    if (error instanceof DualchainError) return error;
    throw error;
  }
  throw new Error('the rule refused nothing');
}

export function codeOf(rule: () => unknown): string {
  return refusalOf(rule).code;
}

/** Everything that leaves the chaincode with an error. */
export function shownBy(rule: () => unknown): string {
  const { message, details } = refusalOf(rule);
  return `${message} ${JSON.stringify(details)}`;
}
