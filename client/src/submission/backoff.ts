import { setTimeout as delay } from 'node:timers/promises';
import { DualchainError } from '@dualchain/model';
import type { RetryPolicy } from '../session';

/** Full jitter: anywhere between 0 and the doubled pause, so that losers of one race do not meet again. */
export function backoffDelay({ baseDelay, maxDelay }: RetryPolicy, attempt: number, random: () => number = Math.random): number {
  return Math.floor(random() * Math.min(maxDelay, baseDelay * 2 ** Math.min(attempt - 1, 20)));
}

/** Waits. Throws ABORTED. */
export async function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await delay(milliseconds, undefined, signal === undefined ? {} : { signal });
  } catch (cause) {
    throw new DualchainError('ABORTED', 'The call was aborted by the caller.', { cause });
  }
}

/** Throws ABORTED where the caller aborted. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new DualchainError('ABORTED', 'The call was aborted by the caller.', { cause: signal.reason });
}
