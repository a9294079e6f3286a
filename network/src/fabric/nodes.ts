import path from 'node:path';
import { NetworkError } from '../errors';
import type { Organisation, PeerNode } from '../topology/types';
import type { FabricBinaries } from './binaries';
import type { Layout } from './layout';
import { bindAddress, chaincodeName, peerName } from './layout';
import type { PeerClient } from './lifecycle';
import { joinOrderer, joinPeer } from './lifecycle';
import type { OperationsAddress } from './processes';
import { SupervisedProcess, Watchdog, accepts, healthy, metric, waitFor } from './processes';

const HEALTHY_MS = 60_000;
const LEADER_MS = 60_000;
/** Fabric's own format without its colours, since logs are files. */
const logging = { FABRIC_LOGGING_SPEC: 'info', FABRIC_LOGGING_FORMAT: '%{time:2006-01-02 15:04:05.000 MST} %{level:.4s} [%{module}] %{shortfunc} -> %{message}' };

export interface NodeStatus {
  readonly name: string;
  readonly kind: 'orderer' | 'peer' | 'chaincode';
  readonly mspId: string;
  readonly address: string;
  readonly pid: number | undefined;
  readonly healthy: boolean;
  /** Times it was started again after a crash. */
  readonly restarts: number;
  readonly logFile: string;
}

interface Entry {
  readonly kind: NodeStatus['kind'];
  readonly mspId: string;
  readonly host: string;
  readonly port: number;
  /** Undefined for chaincode, which has no operations service: a connection is the test. */
  readonly operations: OperationsAddress | undefined;
  readonly process: SupervisedProcess;
}

/** What an organisation's peers run as chaincode. */
export interface Service {
  readonly mspId: string;
  readonly entry: string;
  readonly package: { readonly id: string };
}

/** The processes of a network and what it takes to start, join and end them. */
export class Nodes {
  private readonly entries = new Map<string, Entry>();
  private readonly serving = new Map<string, string>();
  private readonly watchdog = new Watchdog();

  constructor(
    private readonly binaries: FabricBinaries,
    private readonly layout: Layout,
    private readonly log: (line: string) => void,
  ) {}

  startOrderers(): void {
    const { ordererOrganisation } = this.layout.topology;
    for (const orderer of ordererOrganisation.orderers) {
      const env = { FABRIC_CFG_PATH: this.layout.node(orderer.name), ...logging };
      this.run(orderer.name, { kind: 'orderer', mspId: ordererOrganisation.mspId, host: orderer.host, port: orderer.port, operations: orderer }, this.binaries.orderer, [], env);
    }
  }

  startPeers(): void {
    for (const { organisation, peer } of this.peers()) {
      const name = peerName(organisation, peer);
      const env = { FABRIC_CFG_PATH: this.layout.node(name), ...logging };
      this.run(name, { kind: 'peer', mspId: organisation.mspId, host: peer.host, port: peer.port, operations: peer }, this.binaries.peer, ['node', 'start'], env);
    }
  }

  async joinOrderers(): Promise<void> {
    await Promise.all(
      this.layout.topology.ordererOrganisation.orderers.map(async (orderer) => {
        await this.waitUntilHealthy(orderer.name);
        // The administration port opens after the others.
        await waitFor(() => accepts(orderer.host, orderer.adminPort), { what: `Listening of ${orderer.name} on its administration port ${orderer.adminPort}`, timeoutMs: HEALTHY_MS, processes: [this.require(orderer.name)] });
        await joinOrderer(this.binaries, orderer, this.layout);
      }),
    );
  }

  async joinPeers(clients: readonly PeerClient[]): Promise<void> {
    await Promise.all(
      clients.map(async (client) => {
        await this.waitUntilHealthy(client.name);
        await joinPeer(client, this.layout);
      }),
    );
  }

  /** Until then, submitted transactions fail with "no Raft leader". */
  async waitForLeader(): Promise<void> {
    const { orderers } = this.layout.topology.ordererOrganisation;
    await waitFor(
      async () => {
        const values = await Promise.all(orderers.map((orderer) => metric(orderer, 'consensus_etcdraft_is_leader')));
        return values.flat().includes(1) ? true : undefined;
      },
      { what: 'Election of a Raft leader', timeoutMs: LEADER_MS, processes: orderers.map((orderer) => this.require(orderer.name)) },
    );
  }

  /** Until then, private data reaches nobody and gateways find no endorsers of other organisations. */
  async waitForMembership(): Promise<void> {
    const peers = this.peers();
    await Promise.all(
      peers.map(({ organisation, peer }) => {
        const name = peerName(organisation, peer);
        return waitFor(
          async () => {
            const [known = 0] = await metric(peer, 'gossip_membership_total_peers_known');
            return known >= peers.length - 1 ? true : undefined;
          },
          { what: `Acquaintance of ${name} with all ${peers.length - 1} other peers`, timeoutMs: HEALTHY_MS, processes: [this.require(name)], everyMs: 100 },
        );
      }),
    );
  }

  /** Runs the chaincode of each organisation beside each of its peers; resolves when all accept connections. A service of the same package is left running. */
  async serveChaincode(services: readonly Service[], env: Readonly<Record<string, string>>): Promise<void> {
    await Promise.all(
      this.peers().map(async ({ organisation, peer }) => {
        const service = services.find(({ mspId }) => mspId === organisation.mspId);
        if (service === undefined) return;
        const name = chaincodeName(organisation, peer);
        const running = this.entries.get(name)?.process;
        if (running?.running === true && this.serving.get(name) === service.package.id) return;
        await running?.stop();
        this.serving.set(name, service.package.id);
        const started = this.run(
          name,
          { kind: 'chaincode', mspId: organisation.mspId, host: peer.host, port: peer.chaincodePort, operations: undefined },
          process.execPath,
          [service.entry],
          this.chaincodeEnvironment(organisation, peer, service.package.id, env),
        );
        await waitFor(() => accepts(peer.host, peer.chaincodePort), { what: `Listening of ${name} on port ${peer.chaincodePort}`, timeoutMs: HEALTHY_MS, processes: [started] });
      }),
    );
  }

  supervise(): void {
    for (const { process } of this.entries.values()) process.supervise();
  }

  async startAgain(name: string): Promise<void> {
    this.require(name).start();
    await this.waitUntilHealthy(name);
  }

  all(): SupervisedProcess[] {
    return [...this.entries.values()].map((entry) => entry.process);
  }

  require(name: string): SupervisedProcess {
    const entry = this.entries.get(name);
    if (entry === undefined) throw new NetworkError('NODE_UNKNOWN', `There is no node ${name}. Nodes: ${[...this.entries.keys()].join(', ')}.`, { node: name });
    return entry.process;
  }

  chaincodeLogs(mspId: string): string[] {
    return [...this.entries.values()].filter((entry) => entry.kind === 'chaincode' && entry.mspId === mspId).map((entry) => entry.process.logFile);
  }

  status(): Promise<NodeStatus[]> {
    return Promise.all(
      [...this.entries].map(async ([name, entry]) => ({
        name,
        kind: entry.kind,
        mspId: entry.mspId,
        address: `${entry.host}:${entry.port}`,
        pid: entry.process.pid,
        healthy: entry.process.running && (await isHealthy(entry).catch(() => undefined)) === true,
        restarts: entry.process.restarts,
        logFile: entry.process.logFile,
      })),
    );
  }

  async stop(): Promise<void> {
    await Promise.all(this.all().map((process) => process.stop()));
    await this.watchdog.close();
  }

  private run(name: string, what: Omit<Entry, 'process'>, command: string, args: readonly string[], env: Readonly<Record<string, string>>): SupervisedProcess {
    const started = new SupervisedProcess({
      name,
      command,
      args,
      cwd: this.layout.node(name),
      // Nothing else of this process's environment: variables such as CORE_PEER_ADDRESS would bend a node's configuration.
      env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...env },
      logFile: this.layout.log(name),
      watchdog: this.watchdog,
      onCrash: this.log,
    });
    this.entries.set(name, { ...what, process: started });
    started.start();
    return started;
  }

  private chaincodeEnvironment(organisation: Organisation, peer: PeerNode, packageId: string, env: Readonly<Record<string, string>>): Record<string, string> {
    const crypto = path.join(this.layout.peerCrypto(organisation, peer), 'chaincode');
    const key = path.join(crypto, 'server.key');
    const certificate = path.join(crypto, 'server.crt');
    return {
      ...env,
      CHAINCODE_ID: packageId,
      CHAINCODE_SERVER_ADDRESS: `${bindAddress(peer.host)}:${peer.chaincodePort}`,
      CORE_PEER_LOCALMSPID: organisation.mspId,
      CHAINCODE_TLS_DISABLED: 'false',
      CHAINCODE_TLS_KEY: key,
      CHAINCODE_TLS_CERT: certificate,
      CHAINCODE_TLS_KEY_FILE: key,
      CHAINCODE_TLS_CERT_FILE: certificate,
    };
  }

  private async waitUntilHealthy(name: string): Promise<void> {
    const entry = this.entries.get(name);
    if (entry === undefined) return;
    await waitFor(() => answers(entry), { what: `Health of ${name}`, timeoutMs: HEALTHY_MS, processes: [entry.process] });
  }

  private peers(): { organisation: Organisation; peer: PeerNode }[] {
    return this.layout.topology.organisations.flatMap((organisation) => organisation.peers.map((peer) => ({ organisation, peer })));
  }
}

/** A node reports health before it serves, so both are asked. */
async function answers(entry: Entry): Promise<true | undefined> {
  return entry.operations === undefined || (await healthy(entry.operations)) === true ? accepts(entry.host, entry.port) : undefined;
}

/** Of a node that has served already: its own word is enough, and a bare connection would leave an error in its log. */
function isHealthy(entry: Entry): Promise<true | undefined> {
  return entry.operations === undefined ? accepts(entry.host, entry.port) : healthy(entry.operations);
}
