import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import { gateway as gatewayProtos, peer as protos } from '@hyperledger/fabric-protos';
import { NetworkError } from '../errors';
import { peerFolder } from '../pki';
import type { Organisation, PeerNode } from '../topology/types';
import { ChaincodeRuntime } from './chaincode';
import { deliverService } from './deliver';
import { Endorser } from './endorser';
import type { GatewayPeer } from './gateway';
import { Gateway, gatewayService } from './gateway';
import type { ChannelBundle } from './interfaces';
import { MemoryLedger } from './ledger';
import { loadSigningIdentity } from './msp';
import type { Orderer } from './orderer';
import { memberMspIds, findCollection, privateWriteSetFor, TransientStore } from './privdata';
import { lookupDefinition } from './syscc';

const EXECUTE_TIMEOUT_MS = 30_000;
const GRPC_OPTIONS = { 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 };

export interface EmbeddedPeerOptions {
  readonly organisation: Organisation;
  readonly node: PeerNode;
  readonly directory: string;
  readonly bundle: ChannelBundle;
  readonly genesisBlock: Uint8Array;
  readonly orderer: Orderer;
  readonly peers: () => readonly EmbeddedPeer[];
}

/** One organisation's peer: own ledger, own chaincode connection, own moment of commit, own gRPC endpoint. */
export class EmbeddedPeer implements GatewayPeer {
  readonly mspId: string;
  readonly address: string;
  readonly ledger: MemoryLedger;
  readonly runtime = new ChaincodeRuntime();
  readonly endorser: Endorser;
  readonly gateway: Gateway;
  readonly #options: EmbeddedPeerOptions;
  readonly #transient = new TransientStore();
  readonly #queue: Uint8Array[] = [];
  #server: Server | undefined;
  #paused = false;
  #committing = false;

  constructor(options: EmbeddedPeerOptions) {
    const { organisation, node, directory, bundle, genesisBlock, orderer, peers } = options;
    this.#options = options;
    this.mspId = organisation.mspId;
    this.address = `${node.name}.${organisation.domain}:${node.port}`;
    this.ledger = new MemoryLedger({ channelId: bundle.channelId, mspId: organisation.mspId, bundle, definitions: lookupDefinition, genesisBlock });
    this.endorser = new Endorser({
      mspId: organisation.mspId,
      identity: loadSigningIdentity(organisation.mspId, path.join(peerFolder(directory, organisation, node.name), 'msp')),
      ledger: this.ledger,
      bundle,
      runtime: this.runtime,
      executeTimeoutMs: EXECUTE_TIMEOUT_MS,
      distribute: (txId, privateSet) => {
        for (const peer of peers()) peer.receivePrivateData(txId, privateSet);
      },
    });
    this.gateway = new Gateway({ local: this, peers, orderer, bundle });
    orderer.onBlock((block) => this.#enqueue(block));
  }

  isRunning = (): boolean => this.#server !== undefined;

  /** Keeps what this organisation may have of a private write set. */
  receivePrivateData(txId: string, privateSet: Uint8Array): void {
    const read = (key: string) => this.ledger.getState('_lifecycle', key)?.value;
    const mine = privateWriteSetFor(privateSet, (namespace, name) => {
      const collection = findCollection(read, lookupDefinition, this.#options.bundle, namespace, name);
      return collection !== undefined && memberMspIds(collection).has(this.mspId);
    });
    if (mine !== undefined) this.#transient.put(txId, mine, this.ledger.height);
  }

  async listen(): Promise<void> {
    const { organisation, node, directory, bundle, peers, orderer } = this.#options;
    const tls = path.join(peerFolder(directory, organisation, node.name), 'tls');
    const server = new Server(GRPC_OPTIONS);
    server.addService(gatewayProtos.GatewayService, gatewayService(this.gateway, { local: this, peers, orderer, bundle }));
    server.addService(protos.DeliverService, deliverService(this.ledger, bundle));
    server.addService(protos.EndorserService, {
      processProposal: (call: { request: protos.SignedProposal }, callback: (error: Error | null, response?: protos.ProposalResponse) => void) => {
        this.endorser.process(call.request).then(
          ({ response, error }) => (response === undefined ? callback(new Error(error)) : callback(null, response)),
          (error: unknown) => callback(error instanceof Error ? error : new Error(String(error))),
        );
      },
    });
    await bind(server, node, `${node.name}.${organisation.slug}`, tls);
    this.#server = server;
  }

  /** Stops serving; the ledger stays and catches up after `listen`. */
  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    this.runtime.close();
    server?.forceShutdown();
    await Promise.resolve();
  }

  pauseCommits(): void {
    this.#paused = true;
  }

  resumeCommits(): void {
    this.#paused = false;
    this.#drain();
  }

  #enqueue(block: Uint8Array): void {
    this.#queue.push(block);
    this.#drain();
  }

  /** Commits in turns of the event loop, so that peers reach a height at different moments. */
  #drain(): void {
    if (this.#committing || this.#paused || this.#queue.length === 0) return;
    this.#committing = true;
    setImmediate(() => {
      this.#committing = false;
      if (this.#paused) return;
      const block = this.#queue.shift();
      if (block !== undefined) {
        const committed = this.ledger.commit(block, (txId) => this.#transient.get(txId));
        this.#transient.purge(committed.txIds, this.ledger.height);
      }
      this.#drain();
    });
  }
}

/** Binds a TLS server to a node's port. Throws PORT_IN_USE. */
export function bind(server: Server, node: { readonly port: number }, name: string, tls: string): Promise<void> {
  const read = (file: string) => readFileSync(path.join(tls, file));
  const credentials = ServerCredentials.createSsl(null, [{ cert_chain: read('server.crt'), private_key: read('server.key') }], false);
  return new Promise((resolve, reject) => {
    server.bindAsync(`127.0.0.1:${node.port}`, credentials, (error) => {
      if (error === null) resolve();
      else reject(new NetworkError('PORT_IN_USE', `Cannot listen on port ${node.port} for ${name}. Stop what uses it (scripts/network.sh down, if it is an earlier network), change the port in the topology, or use --ports ephemeral.`, { port: node.port, node: name }, { cause: error }));
    });
  });
}
