import { setMaxListeners } from 'node:events';
import path from 'node:path';
import { orderer as ordererProtos } from '@hyperledger/fabric-protos';
import { NetworkError } from '../errors';
import { adminOf, generateCrypto, ordererFolder, peerFolder, profileFolder, userFolder, writeProfiles } from '../pki';
import type { Organisation, Topology } from '../topology/types';
import { requireFreePorts, withEphemeralPorts } from '../topology/ports';
import type { ChaincodeOptions } from './chaincodes';
import { PeerChaincodes } from './chaincodes';
import { channelConfiguration, createBundle, genesisBlock } from './channel';
import { deployDefinition } from './deploy';
import type { PeerLedger } from './interfaces';
import { loadSigningIdentity } from './msp';
import type { ListeningNodes } from './nodes';
import { listenNodes } from './nodes';
import { atomicBroadcast, Orderer } from './orderer';
import { EmbeddedPeer } from './peer';
import type { NodeServer } from './server';
import { listen } from './server';

export interface NetworkOptions {
  readonly topology: Topology;
  /** Keys, certificates and connection profiles are written here. */
  readonly directory: string;
  /** `ephemeral`: any free ports, so that networks can run side by side. Default: the topology's. */
  readonly ports?: 'topology' | 'ephemeral' | undefined;
  readonly chaincode?: ChaincodeOptions | undefined;
  /** `instant` (default): a block as soon as the orderer is idle; `interval`: the channel's batch timeout. */
  readonly blockCutting?: 'instant' | 'interval' | undefined;
  /** How long a chaincode may take for one transaction, in milliseconds (Fabric's default: 30,000). */
  readonly executeTimeoutMs?: number | undefined;
  /** Ends a start that is under way: it rejects with NOT_RUNNING and leaves nothing behind. */
  readonly signal?: AbortSignal | undefined;
  /** Told what needs attention, such as a peer that had to stop. Default: standard error. */
  readonly log?: ((line: string) => void) | undefined;
  /** Told each step with the milliseconds since the call began. */
  readonly onProgress?: ((step: string, milliseconds: number) => void) | undefined;
}

/** Fabric's defaults (core.yaml: chaincode.executetimeout, peer.gateway.endorsementTimeout). */
const EXECUTE_TIMEOUT_MS = 30_000;
const ENDORSEMENT_TIMEOUT_MS = 30_000;

/** The whole network inside this process, from npm packages alone. For development, tests and demos; not a production ledger. */
export class EmbeddedNetwork {
  readonly engine = 'embedded';
  /** With the ports in use. */
  readonly topology: Topology;
  readonly directory: string;
  readonly orderer: Orderer;
  readonly #peers: EmbeddedPeer[] = [];
  readonly #ordererServers: readonly NodeServer[];
  readonly #chaincodes: PeerChaincodes;
  readonly #options: NetworkOptions;
  readonly #ending = new AbortController();
  #stopped: Promise<void> | undefined;
  #deploying: Promise<unknown> = Promise.resolve();

  private constructor(options: NetworkOptions, { topology, servers }: ListeningNodes, chaincodes: PeerChaincodes) {
    // One listener for each peer of each transaction under way.
    setMaxListeners(0, this.#ending.signal);
    this.#options = options;
    this.#chaincodes = chaincodes;
    this.topology = topology;
    this.directory = options.directory;
    const { ordererOrganisation, channel } = topology;
    const configuration = channelConfiguration(topology, options.directory);
    const bundle = createBundle(channel.name, configuration);
    const genesis = genesisBlock(channel.name, configuration);
    const [firstOrderer] = ordererOrganisation.orderers;
    this.orderer = new Orderer({
      bundle,
      genesis,
      identity: loadSigningIdentity(ordererOrganisation.mspId, path.join(ordererFolder(options.directory, topology, firstOrderer?.name ?? ''), 'msp')),
      cutting: options.blockCutting === 'interval' ? channel.batch.timeoutMs : 'instant',
      maxMessageCount: channel.batch.maxMessageCount,
    });
    this.#ordererServers = ordererOrganisation.orderers.flatMap((node) => servers.get(node) ?? []);
    for (const { server } of this.#ordererServers) server.addService(ordererProtos.AtomicBroadcastService, atomicBroadcast(this.orderer, bundle));
    const shared = {
      directory: options.directory,
      bundle,
      genesisBlock: genesis.serializeBinary(),
      orderer: this.orderer,
      peers: () => this.#peers,
      executeTimeoutMs: options.executeTimeoutMs ?? EXECUTE_TIMEOUT_MS,
      endorsementTimeoutMs: ENDORSEMENT_TIMEOUT_MS,
      log: options.log ?? ((line: string) => void process.stderr.write(`${line}\n`)),
    };
    for (const organisation of topology.organisations) {
      for (const node of organisation.peers) {
        const peer = new EmbeddedPeer({ ...shared, organisation, node });
        this.#peers.push(peer);
        chaincodes.install(organisation, node, peer.runtime);
        const server = servers.get(node);
        if (server !== undefined) peer.serve(server);
      }
    }
  }

  /** Starts peers, orderers and chaincode; ready for `deploy`. Throws PORT_IN_USE, NOT_RUNNING if `signal` fires. */
  static async start(options: NetworkOptions): Promise<EmbeddedNetwork> {
    const began = performance.now();
    const progress = (step: string) => options.onProgress?.(step, performance.now() - began);
    const proceed = () => {
      if (options.signal?.aborted === true) throw new NetworkError('NOT_RUNNING', 'The start of the network was interrupted.');
    };
    const ephemeral = options.ports === 'ephemeral';
    const wanted = ephemeral ? await withEphemeralPorts(options.topology) : options.topology;
    if (!ephemeral) await requireFreePorts(wanted);
    proceed();
    const chaincodes = new PeerChaincodes(wanted, options.chaincode);
    let nodes: ListeningNodes | undefined;
    try {
      await generateCrypto(wanted, options.directory);
      progress('certificates');
      proceed();
      nodes = await listenNodes(wanted, options.directory, ephemeral);
      proceed();
      writeProfiles(nodes.topology, options.directory);
      const network = new EmbeddedNetwork(options, nodes, chaincodes);
      progress('peers and orderers');
      return network;
    } catch (error) {
      for (const { server } of nodes?.servers.values() ?? []) server.forceShutdown();
      await chaincodes.stop();
      throw error;
    }
  }

  /**
   * Approves the chaincode by every organisation and commits its definition; resolves when it answers on every peer.
   * Repeating it changes nothing. Throws DEPLOY_FAILED, NODE_FAILED, NOT_RUNNING.
   */
  async deploy(): Promise<{ packageIds: Readonly<Record<string, string>>; sequence: number }> {
    this.#requireRunning();
    const began = performance.now();
    const progress = (step: string) => this.#options.onProgress?.(step, performance.now() - began);
    const { packageIds } = this.#chaincodes;
    const deployed = (async () => {
      await this.#chaincodes.ready();
      progress('chaincode');
      this.#requireRunning();
      await deployDefinition({
        topology: this.topology,
        peers: this.#peers,
        packageIds,
        signal: this.#ending.signal,
        admin: (mspId) => {
          const organisation = this.organisation(mspId);
          return loadSigningIdentity(mspId, path.join(userFolder(this.directory, organisation, adminOf(organisation)), 'msp'));
        },
      });
      progress('deployed');
    })();
    this.#deploying = deployed.catch(() => undefined);
    await deployed;
    return { packageIds, sequence: this.topology.chaincode.sequence };
  }

  /** Folder with connection.json and env of one organisation. */
  profileDirectory(slug: string): string {
    return profileFolder(this.directory, slug);
  }

  /** The ledger of an organisation's first peer. */
  ledger(mspId: string): PeerLedger {
    return this.#peersOf(mspId)[0].ledger;
  }

  /** Output lines of an organisation's chaincode. */
  chaincodeLog(mspId: string): readonly string[] {
    return this.#chaincodes.log(mspId);
  }

  /** Lets an organisation's peers run another chaincode script, as an organisation that alters its code would. */
  async replaceChaincode(mspId: string, entry: string): Promise<void> {
    this.#requireRunning();
    for (const peer of this.#peersOf(mspId)) peer.runtime.disconnect(this.topology.chaincode.name);
    await this.#chaincodes.replace(mspId, entry);
  }

  /** Cuts an organisation off: its peers answer nobody, until `startPeer`. */
  stopPeer(mspId: string): void {
    for (const peer of this.#peersOf(mspId)) peer.stop();
  }

  /** Takes the peers of an organisation up again; they catch up with the channel. Throws PORT_IN_USE. */
  async startPeer(mspId: string): Promise<void> {
    this.#requireRunning();
    const organisation = this.organisation(mspId);
    await Promise.all(
      this.#peersOf(mspId).map(async (peer) => {
        if (peer.isRunning()) return;
        const server = await listen(peer.node.port, peer.name, path.join(peerFolder(this.directory, organisation, peer.node.name), 'tls'));
        if (this.#stopped !== undefined) server.server.forceShutdown();
        else peer.serve(server);
      }),
    );
  }

  /** Lets an organisation's peers lag: they go on answering from the state that they have. */
  pauseCommits(mspId: string): void {
    for (const peer of this.#peersOf(mspId)) peer.pauseCommits();
  }

  resumeCommits(mspId: string): void {
    for (const peer of this.#peersOf(mspId)) peer.resumeCommits();
  }

  organisation(mspId: string): Organisation {
    const found = this.topology.organisations.find((organisation) => organisation.mspId === mspId);
    if (found === undefined) throw new NetworkError('TOPOLOGY_INVALID', `There is no organisation ${mspId} in the topology. It has ${this.topology.organisations.map((each) => each.mspId).join(', ')}.`, { mspId });
    return found;
  }

  /** Ends everything that this network started. May be called at any time and more than once. */
  stop(): Promise<void> {
    this.#stopped ??= (async () => {
      this.#ending.abort();
      this.orderer.stop();
      for (const peer of this.#peers) peer.stop();
      for (const { server } of this.#ordererServers) server.forceShutdown();
      await this.#chaincodes.stop();
      await this.#deploying;
    })();
    return this.#stopped;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  #requireRunning(): void {
    if (this.#stopped !== undefined) throw new NetworkError('NOT_RUNNING', 'The network was stopped. Start it again.');
  }

  #peersOf(mspId: string): [EmbeddedPeer, ...EmbeddedPeer[]] {
    const [first, ...others] = this.#peers.filter((peer) => peer.mspId === mspId);
    if (first === undefined) throw new NetworkError('TOPOLOGY_INVALID', `There is no peer of ${mspId} in the topology.`, { mspId });
    return [first, ...others];
  }
}
