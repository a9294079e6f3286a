import { setMaxListeners } from 'node:events';
import path from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import type { Server } from '@grpc/grpc-js';
import { gateway as gatewayProtos, peer as protos } from '@hyperledger/fabric-protos';
import { peerFolder } from '../pki';
import type { Organisation, PeerNode } from '../topology/types';
import { ChaincodeRuntime } from './chaincode';
import { deliverService } from './deliver';
import { disseminate, Endorser, endorserService, mergePrivateWriteSets } from './endorser';
import type { Recipient } from './endorser';
import type { GatewayPeer } from './gateway';
import { Gateway, gatewayService } from './gateway';
import type { ChaincodeDefinition, ChannelBundle, CollectionDefinition, Identity } from './interfaces';
import { MemoryLedger } from './ledger';
import { loadSigningIdentity } from './msp';
import type { Orderer } from './orderer';
import { findCollection, memberMspIds, privateWriteSetFor, TransientStore } from './privdata';
import type { NodeServer } from './server';
import { StateLock } from './state-lock';
import { approvedBy, isSystemChaincode, lookupDefinition } from './syscc';

export interface EmbeddedPeerOptions {
  readonly organisation: Organisation;
  readonly node: PeerNode;
  readonly directory: string;
  readonly bundle: ChannelBundle;
  readonly genesisBlock: Uint8Array;
  readonly orderer: Orderer;
  readonly peers: () => readonly EmbeddedPeer[];
  readonly executeTimeoutMs: number;
  readonly endorsementTimeoutMs: number;
  readonly log: (line: string) => void;
}

/** One organisation's peer: own ledger, own chaincode connection, own moment of commit, own gRPC endpoint. */
export class EmbeddedPeer implements GatewayPeer, Recipient {
  readonly mspId: string;
  readonly name: string;
  readonly node: PeerNode;
  readonly address: string;
  readonly identity: Identity;
  readonly ledger: MemoryLedger;
  readonly runtime = new ChaincodeRuntime();
  readonly endorser: Endorser;
  readonly gateway: Gateway;
  readonly #options: EmbeddedPeerOptions;
  readonly #transient = new TransientStore();
  readonly #lock = new StateLock();
  readonly #approved = new Map<string, ChaincodeDefinition>();
  #server: Server | undefined;
  #shutdown = new AbortController();
  #paused = false;
  #committing = false;

  constructor(options: EmbeddedPeerOptions) {
    const { organisation, node, directory, bundle, genesisBlock, orderer, peers, executeTimeoutMs, endorsementTimeoutMs } = options;
    this.#options = options;
    this.mspId = organisation.mspId;
    this.node = node;
    this.name = `${node.name}.${organisation.domain}`;
    this.address = `${node.host}:${node.port}`;
    this.ledger = new MemoryLedger({ channelId: bundle.channelId, mspId: organisation.mspId, bundle, definitions: lookupDefinition, genesisBlock });
    const identity = loadSigningIdentity(organisation.mspId, path.join(peerFolder(directory, organisation, node.name), 'msp'));
    this.identity = bundle.mspManager.deserialize(identity.serialized);
    this.endorser = new Endorser({
      mspId: organisation.mspId,
      identity,
      ledger: this.ledger,
      bundle,
      runtime: this.runtime,
      shareState: () => this.#lock.share(),
      executeTimeoutMs,
      distribute: (txId, privateWriteSet) => {
        const others = peers().filter((each) => each !== this && each.isRunning());
        disseminate({ txId, privateWriteSet, mspId: this.mspId, bundle, others, collection: (namespace, name) => this.#collection(namespace, name) });
        this.receivePrivateData(txId, privateWriteSet);
      },
    });
    this.gateway = new Gateway({ local: this, peers, orderer, bundle, endorsementTimeoutMs });
    orderer.onBlock(() => void this.#catchUp());
  }

  isRunning(): boolean {
    return this.#server !== undefined;
  }

  hasChaincode(name: string): boolean {
    if (isSystemChaincode(name)) return true;
    const definition = this.runtime.has(name) ? lookupDefinition((key) => this.ledger.getState('_lifecycle', key)?.value, name) : undefined;
    if (definition === undefined) return false;
    // An approval stays as long as the definition does; asking for its hashes once is enough.
    if (this.#approved.get(name) !== definition && approvedBy(this.mspId, definition, this.ledger)) this.#approved.set(name, definition);
    return this.#approved.get(name) === definition;
  }

  /** Keeps what this organisation may have of a private write set, until its transaction is committed. */
  receivePrivateData(txId: string, privateWriteSet: Uint8Array): void {
    const mine = this.#mine(privateWriteSet);
    if (mine !== undefined) this.#transient.put(txId, mergePrivateWriteSets(this.#transient.get(txId), mine), this.ledger.height);
  }

  /** Takes up service on a server that listens already. */
  serve({ server }: NodeServer): void {
    const { bundle, peers, orderer, endorsementTimeoutMs } = this.#options;
    this.#shutdown = new AbortController();
    // One listener for each call under way.
    setMaxListeners(0, this.#shutdown.signal);
    server.addService(gatewayProtos.GatewayService, gatewayService(this.gateway, { local: this, peers, orderer, bundle, endorsementTimeoutMs }, this.#shutdown.signal));
    server.addService(protos.DeliverService, deliverService(this.ledger, bundle));
    server.addService(protos.EndorserService, endorserService(this.endorser));
    server.addService(protos.ChaincodeSupportService, this.runtime.service);
    this.#server = server;
    void this.#catchUp();
  }

  /** Ends every connection. The ledger stays as it is, and catches up after `serve`. */
  stop(): void {
    this.#shutdown.abort();
    this.runtime.close();
    this.#server?.forceShutdown();
    this.#server = undefined;
  }

  pauseCommits(): void {
    this.#paused = true;
  }

  resumeCommits(): void {
    this.#paused = false;
    void this.#catchUp();
  }

  /** Commits in turns of the event loop, so that peers reach a height at different moments, as they do on machines of their own. */
  async #catchUp(): Promise<void> {
    if (this.#committing) return;
    this.#committing = true;
    try {
      while (this.#next() !== undefined) {
        await turn();
        await this.#lock.exclusive(() => {
          const block = this.#next();
          if (block === undefined) return;
          const number = this.ledger.height;
          const committed = this.ledger.commit(block, (txId) => this.#privateDataOf(txId, number));
          this.#transient.purge(committed.txIds, this.ledger.height);
        });
      }
    } catch (error) {
      // A peer that cannot commit must not go on answering from a state that has fallen behind for good.
      this.#options.log(`${this.name} cannot commit block ${this.ledger.height} and stops: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      this.stop();
    } finally {
      this.#committing = false;
    }
  }

  /** The block that this peer commits next, if it is there and nothing holds the peer back. */
  #next(): Uint8Array | undefined {
    return this.#paused || !this.isRunning() ? undefined : this.#options.orderer.block(this.ledger.height);
  }

  /** From the own transient store; what is missing there, from other peers that have it already. */
  #privateDataOf(txId: string, block: number): Uint8Array | undefined {
    let found = this.#transient.get(txId);
    if (found !== undefined) return found;
    for (const other of this.#options.peers()) {
      const shared = other === this || !other.isRunning() ? undefined : other.#sharedPrivateData(txId, block);
      const mine = shared === undefined ? undefined : this.#mine(shared);
      if (mine !== undefined) found = mergePrivateWriteSets(found, mine);
    }
    return found;
  }

  #sharedPrivateData(txId: string, block: number): Uint8Array | undefined {
    const transaction = this.ledger.findTransaction(txId);
    return transaction?.blockNumber === block ? this.ledger.getPrivateDataOfBlock(block).get(transaction.index) : this.#transient.get(txId);
  }

  #mine(privateWriteSet: Uint8Array): Uint8Array | undefined {
    return privateWriteSetFor(privateWriteSet, (namespace, name) => {
      const collection = this.#collection(namespace, name);
      return collection !== undefined && memberMspIds(collection).has(this.mspId);
    });
  }

  #collection(namespace: string, name: string): CollectionDefinition | undefined {
    return findCollection((key) => this.ledger.getState('_lifecycle', key)?.value, lookupDefinition, this.#options.bundle, namespace, name);
  }
}
