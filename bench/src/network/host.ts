/**
 * Hosts one network in a process of its own, so that its costs and those of its clients can be told apart. The order
 * comes as the first argument (JSON), the answer goes out as one message; the network ends with the channel to the parent.
 */
import { EmbeddedNetwork, FabricNetwork, loadTopology, NetworkError } from '@dualchain/network';
import type { HostedNetwork, HostMessage, HostOrder, NetworkProcess } from './messages';

type Network = EmbeddedNetwork | FabricNetwork;

async function start({ engine, topology, directory, chaincode }: HostOrder): Promise<Network> {
  const options = { topology: loadTopology(topology), directory, ports: 'ephemeral' as const, chaincode: { entry: chaincode } };
  const network = engine === 'embedded' ? await EmbeddedNetwork.start(options) : await FabricNetwork.start(options);
  await network.deploy();
  return network;
}

async function processesOf(network: Network): Promise<NetworkProcess[]> {
  const host = { name: network.engine === 'embedded' ? 'embedded network' : 'supervisor', pid: process.pid };
  if (network instanceof EmbeddedNetwork) return [host];
  const { nodes } = await network.status();
  return [host, ...nodes.flatMap(({ name, pid }) => (pid === undefined ? [] : [{ name, pid }]))];
}

async function describe(network: Network): Promise<HostedNetwork> {
  const { topology } = network;
  return {
    channel: topology.channel.name,
    chaincode: topology.chaincode.name,
    versions: network instanceof FabricNetwork ? network.versions : { node: process.version },
    organisations: topology.organisations.map(({ slug, mspId, name, gln, roles }) => ({ slug, mspId, name, gln, roles, profile: network.profileDirectory(slug) })),
    processes: await processesOf(network),
  };
}

function tell(message: HostMessage): void {
  process.send?.(message);
}

async function main(): Promise<void> {
  let network: Network | undefined;
  let ending = false;
  const end = () => {
    ending = true;
    void Promise.resolve(network?.stop()).finally(() => process.exit(0));
  };
  process.once('disconnect', end);
  // Ctrl-C reaches the whole group; the parent decides when this one ends.
  process.on('SIGINT', () => undefined);
  try {
    network = await start(JSON.parse(process.argv[2] ?? '{}') as HostOrder);
    if (ending) end();
    else tell({ ready: await describe(network) });
  } catch (error) {
    tell({ failed: error instanceof NetworkError ? `${error.code}: ${error.message}` : error instanceof Error ? (error.stack ?? error.message) : String(error) });
    process.exit(1);
  }
}

void main();
