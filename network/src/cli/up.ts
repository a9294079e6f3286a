import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { NetworkError } from '../errors';
import type { NetworkErrorCode } from '../errors';
import { requireBinaries } from '../fabric/index';
import { loadTopology } from '../topology/load';
import type { Settings } from './directory';
import { NetworkDirectory } from './directory';
import { SUPERVISE, findRunning, supervisorAlive } from './remote';
import type { ErrorBody, NetworkStatus } from './supervisor';
import { Supervisor, errorBody } from './supervisor';

type Message = { readonly progress: string; readonly milliseconds: number } | { readonly ready: NetworkStatus } | { readonly failed: ErrorBody };
export type Progress = (step: string, milliseconds: number) => void;

/** The network that runs already in this directory; the command that starts one waits for it. Throws ALREADY_RUNNING if it is another one. */
export async function adopt(settings: Settings): Promise<NetworkStatus | undefined> {
  const directory = new NetworkDirectory(settings.directory);
  let running = await findRunning(directory);
  while (running !== undefined && !running.ready) {
    await delay(100);
    running = await findRunning(directory);
  }
  if (running === undefined) {
    const pid = directory.pid();
    if (await supervisorAlive(pid)) throw new NetworkError('ALREADY_RUNNING', `Process ${pid} supervises a network in ${directory.path} but does not answer. End it with network.sh down.`, { pid });
    directory.release();
    return undefined;
  }
  const before = directory.settings();
  if (before !== undefined && (before.engine !== settings.engine || before.topology !== settings.topology)) {
    throw new NetworkError('ALREADY_RUNNING', `A network of ${before.topology} on the ${before.engine} engine runs in ${directory.path}. End it with network.sh down, or start the other one in a directory of its own with --dir and --ports ephemeral.`, { engine: before.engine, topology: before.topology });
  }
  return running;
}

/** Starts a network that goes on after this command has returned; resolves when it is ready. */
export async function startInBackground(settings: Settings, program: string, onProgress: Progress): Promise<NetworkStatus> {
  const directory = new NetworkDirectory(settings.directory);
  requireStartable(settings, directory);
  const log = openSync(directory.log, 'a');
  const child = spawn(process.execPath, [program, SUPERVISE, JSON.stringify(settings)], { detached: true, stdio: ['ignore', log, log, 'ipc'] });
  closeSync(log);
  try {
    return await new Promise<NetworkStatus>((resolve, reject) => {
      child.on('message', (message: Message) => {
        if ('progress' in message) onProgress(message.progress, message.milliseconds);
        else if ('ready' in message) resolve(message.ready);
        else reject(new NetworkError(message.failed.code as NetworkErrorCode, message.failed.message, message.failed.details));
      });
      child.once('error', (cause) => reject(new NetworkError('NODE_FAILED', `The supervisor could not be started: ${cause.message}`, {}, { cause })));
      child.once('exit', (code, signal) => reject(new NetworkError('NODE_FAILED', `The supervisor ended (${signal ?? `exit code ${code ?? 'unknown'}`}) before the network was ready. Its log: ${directory.log}`, { log: directory.log })));
    });
  } finally {
    if (child.connected) child.disconnect();
    child.removeAllListeners();
    child.unref();
  }
}

/** Body of the background process: tells its parent how far it is; a parent that goes away before ends it. */
export async function superviseInBackground(settings: Settings): Promise<void> {
  const tell = (message: Message) => {
    if (process.connected) process.send?.(message);
  };
  const supervisor = new Supervisor(settings, (line) => console.log(line), (progress, milliseconds) => tell({ progress, milliseconds }));
  const stop = () => void supervisor.stop();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  process.once('disconnect', stop);
  let status: NetworkStatus;
  try {
    status = await supervisor.start();
  } catch (error) {
    process.off('disconnect', stop);
    tell({ failed: errorBody(error) });
    process.exitCode = 1;
    if (process.connected) process.disconnect();
    return;
  }
  process.off('disconnect', stop);
  tell({ ready: status });
  await supervisor.untilEnded();
  process.exit(0);
}

/** Runs the network in this process until Ctrl-C or `down`. */
export async function runInForeground(settings: Settings, onReady: (status: NetworkStatus) => void, onProgress: Progress): Promise<void> {
  requireStartable(settings, new NetworkDirectory(settings.directory));
  const supervisor = new Supervisor(settings, () => undefined, onProgress);
  const stop = () => void supervisor.stop();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  onReady(await supervisor.start());
  await supervisor.untilEnded();
}

/** What can be said before anything is started. Throws TOPOLOGY_INVALID, BINARIES_MISSING, DIRECTORY_IN_USE. */
function requireStartable(settings: Settings, directory: NetworkDirectory): void {
  const { organisations } = loadTopology(settings.topology);
  if (settings.engine === 'fabric') requireBinaries();
  directory.prepare(
    settings,
    organisations.map(({ slug }) => slug),
  );
}
