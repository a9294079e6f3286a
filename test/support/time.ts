import { DualchainError } from '../../model/src';

/** Asks again as long as the ledger says that the time has not come. */
export async function whenTime<Result>(call: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof DualchainError) || error.code !== 'NOT_YET') throw error;
    }
  }
}
