import { setTimeout } from 'node:timers/promises';
import { DualchainError } from '../../model/src';

/** Fields in which a refusal says from when on it is otherwise. */
const moments = ['expiresAt', 'dueDate', 'loanDueAt', 'endsAt', 'from'] as const;

/** Asks again when the ledger says that the time has come, as long as it says that it has not. */
export async function whenTime<Result>(call: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof DualchainError) || error.code !== 'NOT_YET') throw error;
      const moment = moments.map((field) => error.details[field]).find((value) => typeof value === 'string');
      if (moment !== undefined) await setTimeout(Math.max(0, new Date(moment).getTime() - Date.now()));
    }
  }
}
