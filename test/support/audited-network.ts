import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Auditor } from '../../client/src/audit/audit';
import type { AuditReport, Break } from '../../client/src/audit/audit';
import { connect } from '../../client/src';
import type { Dualchain, Hooks } from '../../client/src';
import type { ChannelPolicy, Role } from '../../model/src';
import { EmbeddedNetwork } from '../../network/src/embedded';
import { loadTopology } from '../../network/src/topology';
import type { Organisation, Topology } from '../../network/src/topology';
import { root } from './data';
import type { Slug, User } from './network';

/** An invariant that an organisation's own ledger breaks. */
export interface Breach extends Break {
  readonly mspId: string;
  readonly invariant: string;
}

export interface AuditedNetworkOptions {
  readonly policy: ChannelPolicy;
  /** Chaincode bundle; default: the one that `npm run build` makes. */
  readonly entry?: string;
  /** How the network differs from network/consortium.yaml. */
  readonly topology?: (topology: Topology) => Topology;
  /** Told of every attempt and commit of every user. */
  readonly hooks?: Hooks;
}

/**
 * A founded embedded network that needs no test runner; every organisation audits its own ledger as it grows, and keeps
 * the state, never the blocks.
 */
export class AuditedNetwork implements AsyncDisposable {
  readonly #network: EmbeddedNetwork;
  readonly #directory: string;
  readonly #hooks: Hooks;
  readonly #users = new Map<string, Promise<Dualchain>>();
  readonly #auditors: readonly (readonly [Organisation, Auditor])[];
  #auditing: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;

  private constructor(network: EmbeddedNetwork, directory: string, hooks: Hooks) {
    this.#network = network;
    this.#directory = directory;
    this.#hooks = hooks;
    this.#auditors = network.topology.organisations.map((organisation) => [organisation, new Auditor({ mspId: organisation.mspId, chaincode: network.topology.chaincode.name })]);
  }

  /** Starts, deploys and founds the consortium by this policy. */
  static async start({ policy, entry = path.join(root, 'chaincode/dist/main.js'), topology = (described) => described, hooks = {} }: AuditedNetworkOptions): Promise<AuditedNetwork> {
    const directory = mkdtempSync(path.join(os.tmpdir(), 'dualchain-audited-'));
    const described = topology(loadTopology(path.join(root, 'network/consortium.yaml')));
    const network = await EmbeddedNetwork.start({ topology: described, directory, ports: 'ephemeral', chaincode: { entry } });
    const made = new AuditedNetwork(network, directory, hooks);
    try {
      await network.deploy();
      const members = described.organisations.map(({ mspId, name, gln, roles }) => ({ mspId, name, gln, roles: [...roles] as Role[] }));
      await (await made.as({ slug: 'brand', user: 'maker' })).consortium.bootstrap({ members, policy });
    } catch (error) {
      await made.stop();
      throw error;
    }
    return made;
  }

  get organisations(): readonly Organisation[] {
    return this.#network.topology.organisations;
  }

  /** A user's connection, made once. */
  as({ slug, user }: { readonly slug: Slug; readonly user: User }): Promise<Dualchain> {
    const key = `${slug}/${user}`;
    const known = this.#users.get(key) ?? connect({ profile: this.#network.profileDirectory(slug), user, hooks: this.#hooks });
    this.#users.set(key, known);
    return known;
  }

  /** Resolves once every organisation has the newest block that any of them has, so that the next caller sees what the last one did. */
  async inStep(): Promise<void> {
    const newest = Math.max(...this.#heights());
    while (Math.min(...this.#heights()) < newest) await (this.#next ??= this.#look());
  }

  #heights(): number[] {
    return this.organisations.map(({ mspId }) => Number(this.#network.ledger(mspId).height));
  }

  /** However many wait, one looks. */
  async #look(): Promise<void> {
    await setTimeout(1);
    this.#next = undefined;
  }

  /** Every organisation reads its own ledger to the end and checks all invariants on it; what is broken. */
  async audit(): Promise<Breach[]> {
    // Those who ask at the same time share one reading.
    const turn = this.#auditing.then(() => this.#read());
    this.#auditing = turn.catch(() => undefined);
    await turn;
    return this.reports().flatMap(({ mspId, verdicts }) => verdicts.flatMap(({ invariant, breaks }) => breaks.map((each) => ({ ...each, mspId, invariant }))));
  }

  /** What each organisation's auditor found so far. */
  reports(): AuditReport[] {
    return this.#auditors.map(([, auditor]) => auditor.report());
  }

  /** Facts that all auditors checked, by invariant. */
  checked(): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const { verdicts } of this.reports()) for (const { invariant, checked } of verdicts) counts.set(invariant, (counts.get(invariant) ?? 0) + checked);
    return counts;
  }

  async stop(): Promise<void> {
    for (const user of this.#users.values()) await user.then((client) => client.close(), () => undefined);
    await this.#network.stop();
    rmSync(this.#directory, { recursive: true, force: true });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  async #read(): Promise<void> {
    await this.inStep();
    await Promise.all(
      this.#auditors.map(async ([{ slug }, auditor]) => {
        const client = await this.as({ slug: slug as Slug, user: 'auditor' });
        for await (const block of client.events.blocks({ from: auditor.height, to: 'latest' })) auditor.add(block);
      }),
    );
  }
}
