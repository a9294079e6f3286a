import { execFile } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { NetworkError } from '../errors';
import type { NetworkErrorCode } from '../errors';
import type { NetworkDirectory } from './directory';
import type { ErrorBody, NetworkStatus } from './supervisor';

/** Ends a supervisor's process: what its command line must contain, so that a reused process id hurts nobody. */
export const SUPERVISE = 'supervise-network';
const GRACE_MS = 20_000;

/** Sends one order to the supervisor of a directory. Throws its NetworkError, NOT_RUNNING if there is none. */
export async function order<T>(directory: NetworkDirectory, method: 'GET' | 'POST', path: string): Promise<T> {
  const control = directory.control();
  if (control === undefined) throw notRunning(directory);
  let response: Response;
  try {
    response = await fetch(`http://127.0.0.1:${control.port}${path}`, { method, headers: { authorization: `Bearer ${control.token}` } });
  } catch (cause) {
    throw notRunning(directory, cause);
  }
  const body = (await response.json()) as T & { error?: ErrorBody };
  if (body.error !== undefined) throw new NetworkError(body.error.code as NetworkErrorCode, body.error.message, body.error.details);
  return body;
}

/** The network of a directory; undefined if none runs there. */
export async function findRunning(directory: NetworkDirectory): Promise<NetworkStatus | undefined> {
  try {
    return await order<NetworkStatus>(directory, 'GET', '/status');
  } catch (error) {
    if (error instanceof NetworkError && error.code === 'NOT_RUNNING') return undefined;
    throw error;
  }
}

/** True if the process that the directory names is a supervisor and alive. */
export async function supervisorAlive(pid: number | undefined): Promise<boolean> {
  if (pid === undefined || !exists(pid)) return false;
  try {
    const { stdout } = await promisify(execFile)('ps', ['-o', 'stat=,command=', '-p', String(pid)]);
    return stdout.includes(SUPERVISE) && !stdout.trim().startsWith('Z');
  } catch {
    return false;
  }
}

/** Waits for a supervisor that was told to stop; after a grace period ends it. Resolves when it is gone. */
export async function waitUntilGone(pid: number): Promise<void> {
  const deadline = Date.now() + GRACE_MS;
  while (await supervisorAlive(pid)) {
    if (Date.now() > deadline) process.kill(pid, 'SIGKILL');
    await delay(50);
  }
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function notRunning(directory: NetworkDirectory, cause?: unknown): NetworkError {
  return new NetworkError('NOT_RUNNING', `No network runs in ${directory.path}. Start one with network.sh up, or name its directory with --dir.`, { directory: directory.path }, { cause });
}
