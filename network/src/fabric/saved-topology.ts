import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { NetworkError } from '../errors';
import { requireFreePorts, withEphemeralPorts } from '../topology/ports';
import type { Topology } from '../topology/types';
import { rootOf } from './layout';
import { waitFor } from './processes';

/** A network that ended with its parent needs up to this long to let go of its ports. */
const RELEASE_MS = 6_000;

/**
 * The topology with the ports to use. A directory that holds a network keeps its ports, since the channel's
 * configuration names them. Throws TOPOLOGY_INVALID if the directory holds another network, PORT_IN_USE if a port
 * is taken.
 */
export async function settleTopology(topology: Topology, directory: string, ports: 'topology' | 'ephemeral'): Promise<Topology> {
  const file = path.join(rootOf(directory), 'topology.json');
  if (existsSync(file)) {
    const saved = JSON.parse(readFileSync(file, 'utf8')) as Topology;
    const same = ports === 'ephemeral' ? shape(saved) === shape(topology) : JSON.stringify(nodes(saved)) === JSON.stringify(nodes(topology));
    if (!same) throw new NetworkError('TOPOLOGY_INVALID', `${directory} holds a network of another topology. Remove it (network.sh down removes the default one) or choose another directory.`, { directory });
    // Chaincode and its sequence may change between two starts; nodes may not.
    const settled = { ...saved, chaincode: topology.chaincode };
    await waitFor(async () => (await requireFreePorts(settled), true), { what: 'Release of the ports', timeoutMs: RELEASE_MS, processes: [], everyMs: 200 }).catch(() => requireFreePorts(settled));
    return settled;
  }
  const settled = ports === 'ephemeral' ? await withEphemeralPorts(topology) : topology;
  await requireFreePorts(settled);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(settled, undefined, 2)}\n`);
  return settled;
}

function nodes({ name, channel, ordererOrganisation, organisations }: Topology): unknown {
  return [name, channel, ordererOrganisation, organisations];
}

/** What must not change between two starts, ports aside. */
function shape(topology: Topology): string {
  return JSON.stringify(nodes(topology), (key, value: unknown) => (/port$/i.test(key) ? undefined : value));
}
