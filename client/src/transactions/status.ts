import { DualchainError } from '@dualchain/model';
import { validationCodeName } from '../errors/commit-codes';
import type { CallOptions, Session } from '../session';
import { lookUp } from '../submission/outcome';

/** What became of a transaction that was ordered. */
export interface TransactionStatus {
  readonly transactionId: string;
  readonly blockNumber: bigint;
  /** Whether it counts; otherwise `code` says why not. */
  readonly valid: boolean;
  /** Name of Fabric's validation code, such as "VALID" or "MVCC_READ_CONFLICT". */
  readonly code: string;
}

/**
 * Asks the own peer what became of a transaction, after OUTCOME_UNKNOWN or TIMEOUT; waits up to `deadlines.resolve` for
 * it. Undefined: it did not appear in that time, or no peer answered. Throws INVALID_INPUT, ABORTED.
 */
export async function transactionStatus(session: Session, transactionId: string, options: CallOptions = {}): Promise<TransactionStatus | undefined> {
  if (typeof transactionId !== 'string' || !/^[0-9a-f]{64}$/.test(transactionId)) throw new DualchainError('INVALID_INPUT', 'A transaction id is 64 hex digits in lower case.');
  const status = await lookUp(session, 'status', transactionId, session.deadlines.resolve, options);
  if (status === undefined) return undefined;
  return { transactionId, blockNumber: status.blockNumber, valid: status.successful, code: validationCodeName(status.code) };
}
