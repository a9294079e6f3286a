import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { EmbeddedNetwork } from '../embedded/index';
import { NetworkError } from '../errors';
import { FabricNetwork } from '../fabric/index';
import { chaincodeName, peerName } from '../fabric/layout';
import { accepts } from '../fabric/processes';
import type { Topology } from '../topology/types';

export const engineNames = ['embedded', 'fabric'] as const;
export type EngineName = (typeof engineNames)[number];

/** One node as `network.sh status` shows it. */
export interface NodeView {
  readonly name: string;
  readonly kind: 'orderer' | 'peer' | 'chaincode';
  readonly mspId: string;
  readonly address: string;
  readonly healthy: boolean;
  /** Process of the node; absent where it runs inside the supervisor. */
  readonly pid?: number;
}

export interface Deployed {
  readonly packageIds: Readonly<Record<string, string>>;
  readonly sequence: number;
}

/** What the commands need of a network, whichever engine runs it. */
export interface Engine {
  readonly topology: Topology;
  readonly versions: Readonly<Record<string, string>>;
  /** Deploys the chaincode, or what changed of its program since. */
  deploy(): Promise<Deployed>;
  nodes(): Promise<NodeView[]>;
  /** The end of a node's log. Throws NODE_UNKNOWN if there is no such node. */
  logs(node: string): string[];
  stop(): Promise<void>;
}

export interface EngineOptions {
  readonly topology: Topology;
  readonly directory: string;
  readonly ports: 'topology' | 'ephemeral';
  readonly chaincode: string;
  readonly signal: AbortSignal;
  /** Lines that the supervisor wrote so far: the log of nodes that run inside it. */
  readonly ownLog: () => string[];
  readonly onProgress: (step: string, milliseconds: number) => void;
  readonly log: (line: string) => void;
}

export function startEngine(name: EngineName, options: EngineOptions): Promise<Engine> {
  return name === 'fabric' ? startFabric(options) : startEmbedded(options);
}

async function startFabric({ topology, directory, ports, chaincode, signal, onProgress, log }: EngineOptions): Promise<Engine> {
  const network = await FabricNetwork.start({ topology, directory, ports, chaincode: { entry: chaincode }, signal, onProgress, log });
  return {
    topology: network.topology,
    versions: network.versions,
    deploy: () => network.deploy(),
    nodes: async () => (await network.status()).nodes.map(({ name, kind, mspId, address, healthy, pid }) => ({ name, kind, mspId, address, healthy, ...(pid === undefined ? {} : { pid }) })),
    logs: (node) => network.logs(node).split('\n').filter((line) => line !== ''),
    stop: () => network.stop(),
  };
}

async function startEmbedded({ topology: wanted, directory, ports, chaincode, signal, ownLog, onProgress, log }: EngineOptions): Promise<Engine> {
  let running = digest(chaincode);
  const network = await EmbeddedNetwork.start({ topology: wanted, directory, ports, chaincode: { entry: chaincode }, signal, onProgress, log });
  const { topology } = network;
  const nodes = nodesOf(topology);
  return {
    topology,
    versions: { node: process.version },
    async deploy() {
      const program = digest(chaincode);
      if (program !== running) await Promise.all(topology.organisations.map(({ mspId }) => network.replaceChaincode(mspId, chaincode)));
      running = program;
      return network.deploy();
    },
    nodes: () => Promise.all(nodes.map(async ({ host, port, ...node }) => ({ ...node, address: `${host}:${port}`, healthy: (await accepts(host, port)) === true }))),
    logs(name) {
      const node = nodes.find((each) => each.name === name);
      if (node === undefined) throw new NetworkError('NODE_UNKNOWN', `There is no node ${name}. Nodes: ${nodes.map((each) => each.name).join(', ')}.`, { node: name });
      return node.kind === 'chaincode' ? [...network.chaincodeLog(node.mspId)] : ownLog();
    },
    stop: () => network.stop(),
  };
}

/** Changes when the program does. Throws DEPLOY_FAILED if there is none. */
function digest(program: string): string {
  try {
    return createHash('sha256').update(readFileSync(program)).digest('hex');
  } catch (cause) {
    throw new NetworkError('DEPLOY_FAILED', `No chaincode program at ${program}. Build it (npm run build) or name another one with --chaincode.`, { program }, { cause });
  }
}

function nodesOf({ ordererOrganisation, organisations }: Topology): (Pick<NodeView, 'name' | 'kind' | 'mspId'> & { host: string; port: number })[] {
  const peers = organisations.flatMap((organisation) => organisation.peers.map((peer) => ({ organisation, peer })));
  return [
    ...ordererOrganisation.orderers.map(({ name, host, port }) => ({ name, kind: 'orderer' as const, mspId: ordererOrganisation.mspId, host, port })),
    ...peers.map(({ organisation, peer }) => ({ name: peerName(organisation, peer), kind: 'peer' as const, mspId: organisation.mspId, host: peer.host, port: peer.port })),
    ...peers.map(({ organisation, peer }) => ({ name: chaincodeName(organisation, peer), kind: 'chaincode' as const, mspId: organisation.mspId, host: peer.host, port: peer.chaincodePort })),
  ];
}
