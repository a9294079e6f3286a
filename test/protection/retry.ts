import { DualchainError } from '../../model/src';
import type { ErrorCode } from '../../model/src';

/** Asks again as long as the ledger refuses with this code: transaction time is the only clock that decides. */
export async function once<Result>(code: ErrorCode, call: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof DualchainError) || error.code !== code) throw error;
    }
  }
}
