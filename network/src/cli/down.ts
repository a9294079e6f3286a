import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { rootOf } from '../fabric/layout';
import { waitFor } from '../fabric/processes';
import { requireFreePorts } from '../topology/ports';
import type { Topology } from '../topology/types';
import type { NetworkDirectory } from './directory';
import { findRunning, order, supervisorAlive, waitUntilGone } from './remote';

export interface DownResult {
  /** A network was running and has ended. */
  readonly ended: boolean;
  /** Nodes that it had. */
  readonly nodes: number;
  /** Its ledgers, keys and certificates were removed. */
  readonly removed: boolean;
  readonly directory: string;
}

const RELEASE_MS = 10_000;

/** Ends the network of a directory and, unless `keep`, removes what it wrote. Nothing to end is no error. */
export async function down(directory: NetworkDirectory, keep: boolean): Promise<DownResult> {
  const running = await findRunning(directory);
  const pid = running?.pid ?? directory.pid();
  let nodes = 0;
  if (running !== undefined) ({ nodes } = await order<{ nodes: number }>(directory, 'POST', '/stop'));
  else if (pid !== undefined && (await supervisorAlive(pid))) process.kill(pid, 'SIGTERM');
  const ended = running !== undefined || (await supervisorAlive(pid));
  if (pid !== undefined) await waitUntilGone(pid);
  await portsReleased(directory);
  directory.release();
  const removed = !keep && directory.settings() !== undefined;
  if (removed) directory.remove();
  return { ended, nodes, removed, directory: directory.path };
}

/** A supervisor that was killed leaves its nodes to the watchdog, which needs a moment. */
async function portsReleased(directory: NetworkDirectory): Promise<void> {
  const file = path.join(rootOf(directory.path), 'topology.json');
  if (!existsSync(file)) return;
  const topology = JSON.parse(readFileSync(file, 'utf8')) as Topology;
  await waitFor(async () => (await requireFreePorts(topology), true), { what: `End of the nodes of ${directory.path}`, timeoutMs: RELEASE_MS, processes: [], everyMs: 100 });
}
