import { createPrivateKey } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Client, credentials } from '@grpc/grpc-js';
import type { Contract, Gateway, Identity, Network } from '@hyperledger/fabric-gateway';
import { connect, signers } from '@hyperledger/fabric-gateway';
import { peerFolder, userFolder } from '../pki';
import { loadTopology } from '../topology/load';
import type { Topology } from '../topology/types';
import type { NetworkOptions } from './network';
import { EmbeddedNetwork } from './network';

/** What the tests of the embedded engine share: a small network, and the unmodified Fabric gateway client. */
const root = path.resolve(__dirname, '../..');
export const testChaincode = path.join(root, 'test-chaincode/contract.cjs');
export const consortium = loadTopology(path.join(root, 'consortium.yaml'));

/** A client's connection to the peer of its organisation. */
export interface Session {
  readonly gateway: Gateway;
  readonly client: Client;
  readonly network: Network;
  /** Contract "ledger" of the test chaincode. */
  readonly ledger: Contract;
  /** Contract "private". */
  readonly private: Contract;
}

export class TestNetwork {
  private readonly sessions = new Map<string, Session>();

  private constructor(
    readonly directory: string,
    readonly network: EmbeddedNetwork,
  ) {}

  static async start(organisations = 3, options: Partial<NetworkOptions> = {}): Promise<TestNetwork> {
    const directory = mkdtempSync(path.join(os.tmpdir(), 'embedded-'));
    const topology: Topology = { ...consortium, organisations: consortium.organisations.slice(0, organisations) };
    const network = await EmbeddedNetwork.start({ topology, directory, ports: 'ephemeral', chaincode: { entry: testChaincode }, ...options });
    await network.deploy();
    return new TestNetwork(directory, network);
  }

  get mspIds(): string[] {
    return this.network.topology.organisations.map((organisation) => organisation.mspId);
  }

  /** Keys and certificate of a user. */
  user(mspId: string, user = 'maker'): { identity: Identity; key: string } {
    const home = path.join(userFolder(this.directory, this.network.organisation(mspId), user), 'msp');
    const only = (folder: string) => readFileSync(path.join(home, folder, readdirSync(path.join(home, folder))[0] ?? ''));
    return { identity: { mspId, credentials: only('signcerts') }, key: only('keystore').toString() };
  }

  /** A session of an organisation's user, by default a maker; `as` connects with another identity. */
  join(mspId: string, user = 'maker', as?: { identity: Identity; key: string }): Session {
    const name = `${mspId}/${user}`;
    const known = as === undefined ? this.sessions.get(name) : undefined;
    if (known !== undefined) return known;
    const organisation = this.network.organisation(mspId);
    const [peer] = organisation.peers;
    if (peer === undefined) throw new Error(`${mspId} has no peer`);
    const ca = readFileSync(path.join(peerFolder(this.directory, organisation, peer.name), 'tls', 'ca.crt'));
    const client = new Client(`localhost:${peer.port}`, credentials.createSsl(ca), { 'grpc.ssl_target_name_override': `${peer.name}.${organisation.domain}` });
    const { identity, key } = as ?? this.user(mspId, user);
    const gateway = connect({ client, identity, signer: signers.newPrivateKeySigner(createPrivateKey(key)) });
    const channel = gateway.getNetwork(this.network.topology.channel.name);
    const { name: chaincode } = this.network.topology.chaincode;
    const session: Session = { gateway, client, network: channel, ledger: channel.getContract(chaincode, 'ledger'), private: channel.getContract(chaincode, 'private') };
    this.sessions.set(as === undefined ? name : `${name}/${this.sessions.size}`, session);
    return session;
  }

  /** Resolves when the peers of these organisations (default: all) have every block that the orderer has cut. */
  async settled(mspIds: readonly string[] = this.mspIds): Promise<void> {
    const { orderer } = this.network;
    await Promise.all(
      mspIds.map(
        (mspId) =>
          new Promise<void>((resolve) => {
            const ledger = this.network.ledger(mspId);
            const look = () => {
              if (ledger.height < orderer.height) return;
              unsubscribe();
              resolve();
            };
            const unsubscribe = ledger.onCommit(look);
            look();
          }),
      ),
    );
  }

  async stop(): Promise<void> {
    for (const { gateway, client } of this.sessions.values()) {
      gateway.close();
      client.close();
    }
    await this.network.stop();
    rmSync(this.directory, { recursive: true, force: true });
  }
}

export const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

/** What an operation throws; fails if it does not. */
export async function failure<T>(operation: Promise<T>): Promise<Error & { code?: unknown; details?: { mspId: string; address: string; message: string }[] }> {
  try {
    await operation;
  } catch (error) {
    if (error instanceof Error) return error;
    throw new Error(`not an error: ${String(error)}`, { cause: error });
  }
  throw new Error('It should have been refused.');
}
