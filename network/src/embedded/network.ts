import path from 'node:path';
import { Server } from '@grpc/grpc-js';
import { orderer as ordererProtos } from '@hyperledger/fabric-protos';
import { NetworkError } from '../errors';
import { adminOf, generateCrypto, ordererFolder, profileFolder, userFolder, writeProfiles } from '../pki';
import type { Organisation, Topology } from '../topology/types';
import { requireFreePorts, withEphemeralPorts } from '../topology/ports';
import { ChaincodeWorker } from './chaincode';
import { channelConfiguration, createBundle, genesisBlock } from './channel';
import { deployDefinition } from './deploy';
import type { PeerLedger } from './interfaces';
import { loadSigningIdentity } from './msp';
import { atomicBroadcast, Orderer } from './orderer';
import { bind, EmbeddedPeer } from './peer';

export interface NetworkOptions {
  readonly topology: Topology;
  /** Keys, certificates and connection profiles are written here. */
  readonly directory: string;
  /** `ephemeral`: any free ports, so that networks can run side by side. Default: the topology's. */
  readonly ports?: 'topology' | 'ephemeral' | undefined;
  readonly chaincode?: {
    /** Node script that serves the chaincode. */
    readonly entry: string;
    /** Another script for some organisations, by MSP id. */
    readonly entryFor?: Readonly<Record<string, string>> | undefined;
    readonly env?: Readonly<Record<string, string>> | undefined;
  };
  /** `instant` (default): a block as soon as the orderer is idle; `interval`: the channel's batch timeout. */
  readonly blockCutting?: 'instant' | 'interval' | undefined;
  readonly onProgress?: ((step: string, milliseconds: number) => void) | undefined;
}

/** The whole network inside this process, from npm packages alone. For development, tests and demos; not a production ledger. */
export class EmbeddedNetwork {
  readonly engine = 'embedded';
  readonly topology: Topology;
  readonly directory: string;
  readonly orderer: Orderer;
  readonly #peers: EmbeddedPeer[] = [];
  readonly #workers = new Map<string, ChaincodeWorker>();
  readonly #options: NetworkOptions;
  #ordererServers: Server[] = [];

  private constructor(options: NetworkOptions, topology: Topology) {
    this.#options = options;
    this.topology = topology;
    this.directory = options.directory;
    const configuration = channelConfiguration(topology, options.directory);
    const bundle = createBundle(topology.channel.name, configuration);
    const genesis = genesisBlock(topology.channel.name, configuration);
    const { batch } = topology.channel;
    const [firstOrderer] = topology.ordererOrganisation.orderers;
    this.orderer = new Orderer({
      bundle,
      genesis,
      identity: loadSigningIdentity(topology.ordererOrganisation.mspId, path.join(ordererFolder(options.directory, topology, firstOrderer?.name ?? ''), 'msp')),
      cutting: options.blockCutting === 'interval' ? batch.timeoutMs : 'instant',
      maxMessageCount: batch.maxMessageCount,
    });
    const genesisBytes = genesis.serializeBinary();
    for (const organisation of topology.organisations) {
      for (const node of organisation.peers) {
        this.#peers.push(new EmbeddedPeer({ organisation, node, directory: options.directory, bundle, genesisBlock: genesisBytes, orderer: this.orderer, peers: () => this.#peers }));
      }
    }
  }

  /** Starts peers, orderer and chaincode. Ready for `deploy`. Throws NetworkError. */
  static async start(options: NetworkOptions): Promise<EmbeddedNetwork> {
    const began = performance.now();
    const progress = (step: string) => options.onProgress?.(step, performance.now() - began);
    const topology = options.ports === 'ephemeral' ? await withEphemeralPorts(options.topology) : options.topology;
    if (options.ports !== 'ephemeral') await requireFreePorts(topology);
    const workers = startWorkers(topology, options);
    let network: EmbeddedNetwork | undefined;
    try {
      await generateCrypto(topology, options.directory);
      writeProfiles(topology, options.directory);
      progress('certificates');
      network = new EmbeddedNetwork(options, topology);
      for (const [mspId, worker] of workers) network.#adopt(mspId, worker);
      await Promise.all([...network.#peers.map((peer) => peer.listen()), network.#listenOrderer()]);
      progress('peers and orderer');
      return network;
    } catch (error) {
      await Promise.all([...workers.values()].map((worker) => worker.stop().catch(() => undefined)));
      await network?.stop();
      throw error;
    }
  }

  /** Approves the chaincode by every organisation and commits its definition. */
  async deploy(): Promise<{ packageIds: Readonly<Record<string, string>>; sequence: number }> {
    const began = performance.now();
    await Promise.all([...this.#workers.values()].map((worker) => worker.start()));
    this.#options.onProgress?.('chaincode', performance.now() - began);
    const packageIds = await deployDefinition(this.topology, this.#peers, (mspId) => {
      const organisation = this.organisation(mspId);
      return loadSigningIdentity(mspId, path.join(userFolder(this.directory, organisation, adminOf(organisation)), 'msp'));
    });
    this.#options.onProgress?.('deployed', performance.now() - began);
    return { packageIds, sequence: this.topology.chaincode.sequence };
  }

  profileDirectory(slug: string): string {
    return profileFolder(this.directory, slug);
  }

  ledger(mspId: string): PeerLedger {
    return this.#peer(mspId).ledger;
  }

  chaincodeLog(mspId: string): readonly string[] {
    return this.#workers.get(mspId)?.log ?? [];
  }

  /** Lets an organisation's peer run another chaincode script, as an organisation that alters its code would. */
  async replaceChaincode(mspId: string, entry: string): Promise<void> {
    const chaincode = this.#options.chaincode;
    if (chaincode === undefined) throw new NetworkError('NOT_RUNNING', 'The network was started without a chaincode.');
    await this.#workers.get(mspId)?.stop();
    const worker = workerOf(this.organisation(mspId), this.topology, { ...chaincode, entry, entryFor: undefined });
    this.#adopt(mspId, worker);
    await worker.start();
  }

  /** Cuts an organisation off: its peer answers nobody, until `startPeer`. */
  async stopPeer(mspId: string): Promise<void> {
    await this.#peer(mspId).stop();
  }

  pauseCommits(mspId: string): void {
    this.#peer(mspId).pauseCommits();
  }

  resumeCommits(mspId: string): void {
    this.#peer(mspId).resumeCommits();
  }

  organisation(mspId: string): Organisation {
    const found = this.topology.organisations.find((organisation) => organisation.mspId === mspId);
    if (found === undefined) throw new NetworkError('TOPOLOGY_INVALID', `There is no organisation ${mspId} in the topology.`, { mspId });
    return found;
  }

  /** Ends everything that this network started. */
  async stop(): Promise<void> {
    this.orderer.stop();
    await Promise.all(this.#peers.map((peer) => peer.stop()));
    for (const server of this.#ordererServers) server.forceShutdown();
    this.#ordererServers = [];
    await Promise.all([...this.#workers.values()].map((worker) => worker.stop()));
    this.#workers.clear();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  #adopt(mspId: string, worker: ChaincodeWorker): void {
    this.#workers.set(mspId, worker);
    const { name } = this.topology.chaincode;
    for (const peer of this.#peers.filter((each) => each.mspId === mspId)) {
      peer.runtime.register(name, async () => {
        await worker.start();
        const [node] = this.organisation(mspId).peers;
        return { address: `127.0.0.1:${node?.chaincodePort ?? 0}` };
      });
    }
  }

  async #listenOrderer(): Promise<void> {
    const { orderers } = this.topology.ordererOrganisation;
    this.#ordererServers = await Promise.all(
      orderers.map(async (node) => {
        const server = new Server({ 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 });
        server.addService(ordererProtos.AtomicBroadcastService, atomicBroadcast(this.orderer, createBundle(this.topology.channel.name, channelConfiguration(this.topology, this.directory))));
        await bind(server, node, node.name, path.join(ordererFolder(this.directory, this.topology, node.name), 'tls'));
        return server;
      }),
    );
  }

  #peer(mspId: string): EmbeddedPeer {
    const found = this.#peers.find((peer) => peer.mspId === mspId);
    if (found === undefined) throw new NetworkError('TOPOLOGY_INVALID', `There is no peer of ${mspId} in the topology.`, { mspId });
    return found;
  }
}

type ChaincodeOptions = NonNullable<NetworkOptions['chaincode']>;

function startWorkers(topology: Topology, { chaincode }: NetworkOptions): Map<string, ChaincodeWorker> {
  if (chaincode === undefined) return new Map();
  const workers = new Map(topology.organisations.map((organisation) => [organisation.mspId, workerOf(organisation, topology, chaincode)]));
  // They load while certificates are made; a failure surfaces in `deploy`, which waits for each of them.
  for (const worker of workers.values()) worker.start().catch(() => undefined);
  return workers;
}

function workerOf({ mspId, peers: [node] }: Organisation, topology: Topology, { entry, entryFor, env }: ChaincodeOptions): ChaincodeWorker {
  return new ChaincodeWorker({ entry: entryFor?.[mspId] ?? entry, mspId, chaincodeId: `${topology.chaincode.label}:${mspId}`, address: `127.0.0.1:${node?.chaincodePort ?? 0}`, env });
}
