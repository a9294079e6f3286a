import { createServer } from 'node:net';
import { NetworkError } from '../errors';
import { portsOf } from './load';
import type { Topology } from './types';

/** A copy of the topology whose ports are free ones of this machine, so that several networks can run side by side. */
export async function withEphemeralPorts(topology: Topology): Promise<Topology> {
  const free = await freePorts(portsOf(topology).length);
  const next = () => free.pop() ?? 0;
  return {
    ...topology,
    ordererOrganisation: { ...topology.ordererOrganisation, orderers: topology.ordererOrganisation.orderers.map((node) => ({ ...node, port: next(), adminPort: next(), operationsPort: next() })) },
    organisations: topology.organisations.map((organisation) => ({ ...organisation, peers: organisation.peers.map((peer) => ({ ...peer, port: next(), chaincodePort: next(), operationsPort: next() })) })),
  };
}

/** Throws PORT_IN_USE naming every port of the topology that something else listens on. */
export async function requireFreePorts(topology: Topology): Promise<void> {
  const taken: string[] = [];
  await Promise.all(
    portsOf(topology).map(async ({ node, port }) => {
      if (port === 0) return;
      const server = await listen(port).catch(() => undefined);
      if (server === undefined) taken.push(`${port} (${node})`);
      else await close(server);
    }),
  );
  if (taken.length > 0) {
    throw new NetworkError('PORT_IN_USE', `Something else listens on port ${taken.sort().join(', ')}. Stop it (scripts/network.sh down, if it is an earlier network), change the port in the topology, or use --ports ephemeral.`, { taken });
  }
}

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, () => listen(0)));
  const ports = servers.map((server) => {
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  });
  await Promise.all(servers.map(close));
  return ports;
}

function listen(port: number): Promise<ReturnType<typeof createServer>> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

function close(server: ReturnType<typeof createServer>): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
