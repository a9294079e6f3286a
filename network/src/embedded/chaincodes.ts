import { createHash } from 'node:crypto';
import { NetworkError } from '../errors';
import type { Organisation, PeerNode, Topology } from '../topology/types';
import { ChaincodeWorker } from './chaincode';
import type { ChaincodeRuntime } from './chaincode';

/** The chaincode that an embedded network runs. */
export interface ChaincodeOptions {
  /** Node script that serves the chaincode (environment: CHAINCODE_ID, CHAINCODE_SERVER_ADDRESS, CHAINCODE_TLS_DISABLED, …). */
  readonly entry: string;
  /** Another script for some organisations, by MSP id. */
  readonly entryFor?: Readonly<Record<string, string>> | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
}

interface Served {
  readonly organisation: Organisation;
  readonly node: PeerNode;
  worker: ChaincodeWorker;
}

/** The chaincode of every peer: one worker each, so that organisations can disagree as they do on Fabric. */
export class PeerChaincodes {
  readonly #served: Served[];
  #stopped = false;

  /** Begins to load them; a failure surfaces in `ready`, which waits for each. */
  constructor(
    private readonly topology: Topology,
    private readonly options: ChaincodeOptions | undefined,
  ) {
    this.#served = options === undefined ? [] : topology.organisations.flatMap((organisation) => organisation.peers.map((node) => ({ organisation, node, worker: this.#workerOf(organisation, node, options) })));
    for (const served of this.#served) this.#start(served).catch(() => undefined);
  }

  /** Package ids by MSP id. Where organisations have the same script, the ids still differ: each has its own address. */
  get packageIds(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.topology.organisations.map((organisation) => [organisation.mspId, this.#packageId(organisation)]));
  }

  /** Makes the chaincode of a peer known to it; the peer starts it again if it ended. */
  install({ mspId }: Organisation, node: PeerNode, runtime: ChaincodeRuntime): void {
    const served = this.#served.find((each) => each.organisation.mspId === mspId && each.node.name === node.name);
    if (served === undefined) return;
    runtime.register(this.topology.chaincode.name, {
      chaincodeId: this.#packageId(served.organisation),
      server: async () => {
        await this.#start(served);
        return { address: addressOf(served.node) };
      },
    });
  }

  /** Resolves when all of them listen. Throws NODE_FAILED, or DEPLOY_FAILED if there is none. */
  async ready(): Promise<void> {
    if (this.#served.length === 0) throw new NetworkError('DEPLOY_FAILED', 'No chaincode to deploy: start the network with the option chaincode.entry.');
    await Promise.all(this.#served.map((served) => this.#start(served)));
  }

  /** Runs another script in place of an organisation's. */
  async replace(mspId: string, entry: string): Promise<void> {
    const { options } = this;
    if (options === undefined) throw new NetworkError('NOT_RUNNING', 'The network was started without a chaincode.');
    const replaced = this.#served.filter((each) => each.organisation.mspId === mspId);
    await Promise.all(
      replaced.map(async (served) => {
        await served.worker.stop();
        served.worker = this.#workerOf(served.organisation, served.node, { ...options, entry, entryFor: undefined });
        await this.#start(served);
      }),
    );
  }

  /** Output lines of an organisation's chaincode, newest last, all its peers after each other. */
  log(mspId: string): readonly string[] {
    return this.#served.filter((each) => each.organisation.mspId === mspId).flatMap(({ worker }) => worker.log);
  }

  /** Ends all of them for good. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#served.map(({ worker }) => worker.stop()));
  }

  async #start({ worker }: Served): Promise<void> {
    if (this.#stopped) throw new NetworkError('NOT_RUNNING', 'The network was stopped. Start it again.');
    await worker.start();
  }

  #workerOf(organisation: Organisation, node: PeerNode, { entry, entryFor, env }: ChaincodeOptions): ChaincodeWorker {
    const { mspId } = organisation;
    return new ChaincodeWorker({ entry: entryFor?.[mspId] ?? entry, mspId, chaincodeId: this.#packageId(organisation), address: addressOf(node), env });
  }

  /** As of a chaincode-as-a-service package: its content is the address. */
  #packageId({ peers }: Organisation): string {
    const { label } = this.topology.chaincode;
    return `${label}:${createHash('sha256').update([label, ...peers.map(addressOf)].join(' ')).digest('hex')}`;
  }
}

function addressOf(node: PeerNode): string {
  return `127.0.0.1:${node.chaincodePort}`;
}
