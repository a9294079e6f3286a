import path from 'node:path';
import { ordererFolder, peerFolder } from '../pki';
import type { OrdererNode, Organisation, PeerNode, Topology } from '../topology/types';
import type { NodeServer } from './server';
import { listen } from './server';

/** Every node's server, listening, and the topology with the ports that they got. */
export interface ListeningNodes {
  readonly topology: Topology;
  readonly servers: ReadonlyMap<PeerNode | OrdererNode, NodeServer>;
}

/**
 * Listens for every node of the topology, on any free port where `anyPort` says so. If one cannot, none listens
 * afterwards. Throws PORT_IN_USE.
 */
export async function listenNodes(topology: Topology, directory: string, anyPort: boolean): Promise<ListeningNodes> {
  const { ordererOrganisation } = topology;
  const servers = new Map<PeerNode | OrdererNode, NodeServer>();
  const open = async <Node extends PeerNode | OrdererNode>(node: Node, name: string, folder: string): Promise<Node> => {
    const server = await listen(anyPort ? 0 : node.port, name, path.join(folder, 'tls'));
    const bound = { ...node, port: server.port };
    servers.set(bound, server);
    return bound;
  };
  const opening = {
    orderers: ordererOrganisation.orderers.map((node) => open(node, `${node.name}.${ordererOrganisation.domain}`, ordererFolder(directory, topology, node.name))),
    peers: topology.organisations.map((organisation) => organisation.peers.map((node) => openPeer(organisation, node))),
  };
  const outcomes = await Promise.allSettled([...opening.orderers, ...opening.peers.flat()]);
  const failure = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failure !== undefined) {
    for (const { server } of servers.values()) server.forceShutdown();
    throw failure.reason;
  }
  return {
    servers,
    topology: {
      ...topology,
      ordererOrganisation: { ...ordererOrganisation, orderers: await Promise.all(opening.orderers) },
      organisations: await Promise.all(topology.organisations.map(async (organisation, index) => ({ ...organisation, peers: await Promise.all(opening.peers[index] ?? []) }))),
    },
  };

  function openPeer(organisation: Organisation, node: PeerNode): Promise<PeerNode> {
    return open(node, `${node.name}.${organisation.domain}`, peerFolder(directory, organisation, node.name));
  }
}
