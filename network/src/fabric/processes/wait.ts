import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { NetworkError } from '../../errors';
import type { SupervisedProcess } from './supervised';

export interface WaitOptions {
  /** Completes "… within N s": what was waited for. */
  readonly what: string;
  readonly timeoutMs: number;
  /** Whose death ends the wait, and whose log the error quotes. */
  readonly processes: readonly SupervisedProcess[];
  readonly everyMs?: number;
}

/**
 * Asks again and again until `ask` gives something other than undefined. An error of `ask` counts as "not yet" and is
 * quoted when time is up. Throws NODE_FAILED if a process dies meanwhile, TIMEOUT when time is up.
 */
export async function waitFor<T>(ask: () => Promise<T | undefined>, { what, timeoutMs, processes, everyMs = 50 }: WaitOptions): Promise<T> {
  const end = Date.now() + timeoutMs;
  let last: unknown;
  for (;;) {
    for (const process of processes) process.requireRunning();
    try {
      const answer = await ask();
      if (answer !== undefined) return answer;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) break;
    await delay(everyMs);
  }
  const reason = last instanceof Error ? ` Last answer: ${last.message}.` : '';
  const logs = processes.map((process) => process.quoteLog(6)).join('\n');
  throw new NetworkError('TIMEOUT', `${what} did not happen within ${timeoutMs / 1000} s.${reason}${logs}`, { what, timeoutMs }, { cause: last });
}

/** True if something accepts TCP connections there. */
export function accepts(host: string, port: number): Promise<true | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const done = (answer: true | undefined) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => done(true));
    socket.once('error', () => done(undefined));
    socket.setTimeout(1_000, () => done(undefined));
  });
}
