import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { connect } from '@dualchain/client';
import type { ConnectOptions, Dualchain, Role } from '@dualchain/client';
import { loadStory } from '@dualchain/scenarios';
import type { EngineName, HostedNetwork, HostMessage, HostOrder, NetworkProcess } from './messages';
import { PlainClient } from './plain-client';

/** Files that a bench starts from. */
export interface BenchFiles {
  /** Folder of the repository. */
  readonly root: string;
  /** Bundle of the process that hosts a network. */
  readonly host: string;
  /** Bench build of the chaincode: the production contracts and the floor. */
  readonly chaincode: string;
}

/** A network in a process of its own, with its clients in this one. */
export class BenchNetwork {
  readonly engine: EngineName;
  readonly hosted: HostedNetwork;
  /** Milliseconds from nothing until the network answered. */
  readonly startedIn: number;
  readonly #child: ChildProcess;
  readonly #root: string;
  readonly #directory: string;
  readonly #open: { close(): void }[] = [];
  readonly #plain = new Map<string, PlainClient>();
  readonly #users = new Map<string, Promise<Dualchain>>();

  private constructor(engine: EngineName, root: string, child: ChildProcess, directory: string, hosted: HostedNetwork, startedIn: number) {
    this.engine = engine;
    this.#root = root;
    this.#child = child;
    this.#directory = directory;
    this.hosted = hosted;
    this.startedIn = startedIn;
  }

  /** Starts and deploys; the caller stops it. Throws an error with the reason. */
  static async start(engine: EngineName, { root, host, chaincode }: BenchFiles): Promise<BenchNetwork> {
    const began = performance.now();
    const directory = mkdtempSync(path.join(os.tmpdir(), `dualchain-bench-${engine}-`));
    process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
    const order: HostOrder = { engine, topology: path.join(root, 'network', 'consortium.yaml'), directory, chaincode };
    const child = fork(host, [JSON.stringify(order)], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    const hosted = await new Promise<HostedNetwork>((resolve, reject) => {
      child.once('message', (message: HostMessage) => ('ready' in message ? resolve(message.ready) : reject(new Error(message.failed))));
      child.once('error', reject);
      child.once('exit', (code) => reject(new Error(`The network ended before it was ready (exit status ${code}).`)));
    });
    return new BenchNetwork(engine, root, child, directory, hosted, performance.now() - began);
  }

  /** This process and those of the network. */
  get processes(): NetworkProcess[] {
    return [{ name: 'client', pid: process.pid }, ...this.hosted.processes];
  }

  mspId(slug: string): string {
    return this.organisation(slug).mspId;
  }

  organisation(slug: string): HostedNetwork['organisations'][number] {
    const found = this.hosted.organisations.find((organisation) => organisation.slug === slug);
    if (found === undefined) throw new Error(`The topology has no organisation ${slug}; the benches need those of network/consortium.yaml as it comes.`);
    return found;
  }

  /** A user on the SDK, connected once. */
  as(slug: string, user = 'maker'): Promise<Dualchain> {
    const key = `${slug}/${user}`;
    const known = this.#users.get(key) ?? this.connect(slug, user);
    this.#users.set(key, known);
    return known;
  }

  /** A connection of its own, closed with the network. */
  async connect(slug: string, user = 'maker', options: Pick<ConnectOptions, 'hooks'> = {}): Promise<Dualchain> {
    const dualchain = await connect({ profile: this.organisation(slug).profile, user, ...options });
    this.#open.push(dualchain);
    return dualchain;
  }

  /** A user on the plain Fabric Gateway client, connected once. */
  plain(slug: string, user = 'maker'): PlainClient {
    const key = `${slug}/${user}`;
    const known = this.#plain.get(key) ?? new PlainClient(this.organisation(slug).profile, user, this.hosted.channel, this.hosted.chaincode);
    this.#plain.set(key, known);
    return known;
  }

  /** Founds the consortium with all organisations and the policy of the story. */
  async found(): Promise<void> {
    const members = this.hosted.organisations.map(({ mspId, name, gln, roles }) => ({ mspId, name, gln, roles: [...roles] as Role[] }));
    await (await this.as('brand')).consortium.bootstrap({ members, policy: loadStory(path.join(this.#root, 'scenarios', 'chongqing')).policy });
    await this.inStep();
  }

  /** Resolves when the peers of all organisations have the same blocks, so that no measured call waits for one that lags. */
  async inStep(): Promise<void> {
    for (;;) {
      const heights = await Promise.all(this.hosted.organisations.map(({ slug }) => this.plain(slug, 'Admin').height()));
      if (new Set(heights).size === 1) return;
    }
  }

  async stop(): Promise<void> {
    for (const each of [...this.#open, ...this.#plain.values()]) each.close();
    const ended = new Promise<void>((resolve) => (this.#child.exitCode === null ? this.#child.once('exit', () => resolve()) : resolve()));
    if (this.#child.connected) this.#child.disconnect();
    await ended;
    rmSync(this.#directory, { recursive: true, force: true });
  }
}
