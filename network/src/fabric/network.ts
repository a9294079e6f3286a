import path from 'node:path';
import { NetworkError } from '../errors';
import { generateCrypto, profileFolder, writeProfiles } from '../pki';
import type { Organisation, Topology } from '../topology/types';
import type { FabricBinaries } from './binaries';
import { fabricVersion, requireBinaries } from './binaries';
import { writeConfiguration } from './configuration';
import { Layout } from './layout';
import type { ChaincodePackage } from './lifecycle';
import { PeerClient, chaincodePackage, define, verify, writeGenesisBlock } from './lifecycle';
import { Nodes } from './nodes';
import type { NodeStatus } from './nodes';
import { tail } from './processes';
import { settleTopology } from './saved-topology';

export interface FabricNetworkOptions {
  readonly topology: Topology;
  /** Holds certificates, configuration, ledgers and logs; a network that is there already is started again. */
  readonly directory: string;
  /** `ephemeral`: free ports of this machine instead of the topology's, so that several networks can run side by side. */
  readonly ports?: 'topology' | 'ephemeral' | undefined;
  readonly chaincode?: {
    /** Node script that serves the chaincode (environment: CHAINCODE_ID, CHAINCODE_SERVER_ADDRESS, CHAINCODE_TLS_KEY_FILE, …). */
    readonly entry: string;
    /** Other scripts for single organisations, by MSP id. */
    readonly entryFor?: Readonly<Record<string, string>> | undefined;
    readonly env?: Readonly<Record<string, string>> | undefined;
  };
  /** Ends a start that is under way: it rejects with NOT_RUNNING and leaves no process. */
  readonly signal?: AbortSignal | undefined;
  /** Told what needs attention: crashes and restarts. */
  readonly log?: ((line: string) => void) | undefined;
  /** Told each step of starting and deploying, with the milliseconds since `start` or `deploy` was called. */
  readonly onProgress?: ((step: string, milliseconds: number) => void) | undefined;
}

/**
 * A network of real Hyperledger Fabric nodes as native processes of this machine, without Docker. It has the shape of
 * the embedded engine. Its processes end when this one does, however it ends.
 *
 * Errors are NetworkErrors: BINARIES_MISSING, TOPOLOGY_INVALID, PORT_IN_USE, NODE_FAILED, TIMEOUT, DEPLOY_FAILED,
 * NODE_UNKNOWN, NOT_RUNNING.
 */
export class FabricNetwork {
  readonly engine = 'fabric';
  /** Scripts that took the place of those in the options, by MSP id. */
  private readonly replaced = new Map<string, string>();
  private clients: PeerClient[] = [];
  private stopped: Promise<void> | undefined;
  /** The deployment under way; the next one waits for it, since both change the same definition. */
  private deploying: Promise<unknown> = Promise.resolve();

  private constructor(
    /** With the ports in use. */
    readonly topology: Topology,
    readonly directory: string,
    readonly versions: Readonly<Record<string, string>>,
    private readonly layout: Layout,
    private readonly nodes: Nodes,
    private readonly options: FabricNetworkOptions,
  ) {}

  /** Resolves when the channel runs on every node: the ordering service has a leader, all peers have joined and know each other. */
  static async start(options: FabricNetworkOptions): Promise<FabricNetwork> {
    const began = performance.now();
    const binaries = requireBinaries();
    const directory = path.resolve(options.directory);
    const [version, topology] = await Promise.all([fabricVersion(binaries), settleTopology(options.topology, directory, options.ports ?? 'topology')]);
    await generateCrypto(topology, directory);
    writeProfiles(topology, directory);
    const layout = new Layout(directory, topology);
    writeConfiguration(layout);
    const nodes = new Nodes(binaries, layout, options.log ?? (() => undefined));
    const network = new FabricNetwork(topology, directory, { fabric: version, node: process.version }, layout, nodes, options);
    const interrupt = () => void network.stop();
    options.signal?.addEventListener('abort', interrupt);
    try {
      options.signal?.throwIfAborted();
      await network.bringUp(binaries, (step) => options.onProgress?.(step, performance.now() - began));
    } catch (error) {
      await network.stop();
      if (options.signal?.aborted === true) throw new NetworkError('NOT_RUNNING', 'The start of the network was interrupted.', {}, { cause: error });
      throw error;
    } finally {
      options.signal?.removeEventListener('abort', interrupt);
    }
    return network;
  }

  /** Folder with connection.json and env of one organisation. */
  profileDirectory(slug: string): string {
    return profileFolder(this.directory, slug);
  }

  /**
   * Deploys the chaincode of the topology from the scripts in the options; resolves when it answers on every peer and
   * through every gateway. Repeating it changes nothing unless a script or the topology changed. `packageIds` is by
   * MSP id: organisations with the same script have the same id.
   */
  deploy(): Promise<{ packageIds: Record<string, string>; sequence: number }> {
    const deployed = this.deploying.then(() => this.deployNow());
    this.deploying = deployed.catch(() => undefined);
    return deployed;
  }

  private async deployNow(): Promise<{ packageIds: Record<string, string>; sequence: number }> {
    this.requireRunning();
    const began = performance.now();
    const { chaincode } = this.options;
    if (chaincode === undefined) throw new NetworkError('DEPLOY_FAILED', 'No chaincode to deploy: start the network with the option chaincode.entry.');
    const { label } = this.topology.chaincode;
    const packages = new Map<string, Promise<ChaincodePackage>>();
    const parties = await Promise.all(
      this.topology.organisations.map(async ({ mspId, slug }) => {
        const entry = path.resolve(this.replaced.get(mspId) ?? chaincode.entryFor?.[mspId] ?? chaincode.entry);
        const made = packages.get(entry) ?? chaincodePackage(label, entry);
        packages.set(entry, made);
        return { mspId, entry, package: await made, peers: this.clients.filter((client) => client.organisation.slug === slug) };
      }),
    );
    const deployment = { topology: this.topology, parties, onProgress: (step: string) => this.options.onProgress?.(step, performance.now() - began) };
    const [sequence] = await Promise.all([define(deployment), this.nodes.serveChaincode(parties, chaincode.env ?? {})]);
    await verify(deployment, this.nodes.all());
    this.nodes.supervise();
    return { packageIds: Object.fromEntries(parties.map((party) => [party.mspId, party.package.id])), sequence };
  }

  /**
   * Lets an organisation run another chaincode script, as an organisation that alters its code would: it installs and
   * approves a package of its own at the committed sequence, which Fabric lets each member do alone. Resolves when
   * that script answers. Throws NOT_RUNNING, TOPOLOGY_INVALID, DEPLOY_FAILED.
   */
  async replaceChaincode(mspId: string, entry: string): Promise<void> {
    this.requireRunning();
    this.replaced.set(this.organisation(mspId).mspId, entry);
    await this.deploy();
  }

  /** Throws TOPOLOGY_INVALID if there is no such organisation. */
  organisation(mspId: string): Organisation {
    const found = this.topology.organisations.find((organisation) => organisation.mspId === mspId);
    if (found === undefined) throw new NetworkError('TOPOLOGY_INVALID', `There is no organisation ${mspId} in the topology.`, { mspId });
    return found;
  }

  /** Every process with its health as the node itself reports it. */
  async status(): Promise<{ engine: 'fabric'; running: boolean; channel: string; versions: Readonly<Record<string, string>>; nodes: NodeStatus[] }> {
    const nodes = await this.nodes.status();
    return { engine: 'fabric', running: this.stopped === undefined, channel: this.topology.channel.name, versions: this.versions, nodes };
  }

  /** The end of a node's log (at most 256 KiB); names are those of `status`. Throws NODE_UNKNOWN if there is no such node. */
  logs(node: string): string {
    return tail(this.nodes.require(node).logFile);
  }

  /** Output lines of an organisation's chaincode, all its peers after each other. */
  chaincodeLog(mspId: string): string[] {
    return this.nodes.chaincodeLogs(mspId).flatMap((file) => tail(file).split('\n').filter((line) => line !== ''));
  }

  /** Ends one node as an operator would (it stays down until `startNode`). */
  async stopNode(node: string): Promise<void> {
    await this.nodes.require(node).stop();
  }

  /** Starts a node that was stopped; resolves when it is healthy. */
  async startNode(node: string): Promise<void> {
    this.requireRunning();
    await this.nodes.startAgain(node);
  }

  /** Ends every process (SIGTERM, SIGKILL after a grace period) and resolves when none is left. Ledgers stay in the directory. */
  stop(): Promise<void> {
    this.stopped ??= (async () => {
      for (const client of this.clients) client.close();
      await this.nodes.stop();
    })();
    return this.stopped;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  private async bringUp(binaries: FabricBinaries, progress: (step: string) => void): Promise<void> {
    const { topology, layout, nodes } = this;
    nodes.startPeers();
    nodes.startOrderers();
    await writeGenesisBlock(binaries, layout);
    this.clients = topology.organisations.flatMap((organisation) => organisation.peers.map((peer) => new PeerClient(organisation, peer, layout)));
    await Promise.all([nodes.joinOrderers(), nodes.joinPeers(this.clients)]);
    progress(`${topology.ordererOrganisation.orderers.length} orderers and ${this.clients.length} peers serve channel ${topology.channel.name}`);
    await Promise.all([nodes.waitForLeader(), nodes.waitForMembership()]);
    progress('the ordering service has a leader and the peers know each other');
    nodes.supervise();
  }

  private requireRunning(): void {
    if (this.stopped !== undefined) throw new NetworkError('NOT_RUNNING', 'The network was stopped. Start it again.');
  }
}
