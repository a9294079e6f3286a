import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Auditor } from '../../client/src/audit/audit';
import type { AuditReport, Break } from '../../client/src/audit/audit';
import { connect } from '../../client/src';
import type { Dualchain, Hooks, LedgerBlock } from '../../client/src';
import type { ChannelPolicy, Role } from '../../model/src';
import { EmbeddedNetwork } from '../../network/src/embedded';
import { loadTopology } from '../../network/src/topology';
import type { Organisation, Topology } from '../../network/src/topology';
import { root } from './data';
import type { Actor, Slug } from './network';

/** Milliseconds that a call and its transaction may take: however slow the machine is, it is no failure of the rules. */
const PATIENCE = 240_000;
const deadlines = { evaluate: PATIENCE, endorse: PATIENCE, submit: PATIENCE, commitStatus: PATIENCE, resolve: PATIENCE, catchUp: PATIENCE };

/** An invariant that an organisation's own ledger breaks. */
export interface Breach extends Break {
  readonly mspId: string;
  readonly invariant: string;
}

export interface AuditedNetworkOptions {
  /** Chaincode bundle; default: the one that `npm run build` makes. */
  readonly entry?: string | undefined;
  /** How the network differs from network/consortium.yaml; roles of this one are those of the members. */
  readonly topology?: (topology: Topology) => Topology;
  /** Told of every attempt and commit of every user. */
  readonly hooks?: Hooks;
}

/** A network that was deployed and has no members yet. */
export interface Deployed {
  readonly network: EmbeddedNetwork;
  readonly directory: string;
  readonly hooks: Hooks;
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
  readonly #waiting = new Set<{ readonly height: number; readonly go: () => void }>();
  #auditing: Promise<void> = Promise.resolve();

  protected constructor({ network, directory, hooks }: Deployed) {
    this.#network = network;
    this.#directory = directory;
    this.#hooks = hooks;
    this.#auditors = this.organisations.map((organisation) => [organisation, new Auditor({ mspId: organisation.mspId, chaincode: this.chaincode })]);
    for (const { mspId } of this.organisations) network.ledger(mspId).onCommit(() => this.#wake());
  }

  /** Starts, deploys and founds the consortium by this policy. */
  static async founded({ policy, ...options }: AuditedNetworkOptions & { readonly policy: ChannelPolicy }): Promise<AuditedNetwork> {
    const made = new AuditedNetwork(await AuditedNetwork.deploy(options));
    await made.found(policy);
    return made;
  }

  /** Starts and deploys. */
  protected static async deploy({ entry = path.join(root, 'chaincode/dist/main.js'), topology = (described) => described, hooks = {} }: AuditedNetworkOptions): Promise<Deployed> {
    const directory = mkdtempSync(path.join(os.tmpdir(), 'dualchain-audited-'));
    const network = await EmbeddedNetwork.start({ topology: topology(loadTopology(path.join(root, 'network/consortium.yaml'))), directory, ports: 'ephemeral', chaincode: { entry }, executeTimeoutMs: PATIENCE });
    try {
      await network.deploy();
    } catch (error) {
      await network.stop();
      rmSync(directory, { recursive: true, force: true });
      throw error;
    }
    return { network, directory, hooks };
  }

  /** All organisations become members with the roles that the topology gives them; on failure the network is stopped. */
  protected async found(policy: ChannelPolicy): Promise<void> {
    const members = this.organisations.map(({ mspId, name, gln, roles }) => ({ mspId, name, gln, roles: [...roles] as Role[] }));
    try {
      await (await this.as({ slug: 'brand', user: 'maker' })).consortium.bootstrap({ members, policy });
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  get organisations(): readonly Organisation[] {
    return this.#network.topology.organisations;
  }

  /** Name of the chaincode. */
  get chaincode(): string {
    return this.#network.topology.chaincode.name;
  }

  /** A user's connection, made once. */
  as({ slug, user }: Actor): Promise<Dualchain> {
    const key = `${slug}/${user}`;
    const known = this.#users.get(key) ?? connect({ profile: this.#network.profileDirectory(slug), user, hooks: this.#hooks, deadlines });
    this.#users.set(key, known);
    return known;
  }

  /** Resolves once every organisation has the newest block that any of them has, so that the next caller sees what the last one did. */
  async inStep(): Promise<void> {
    const height = Math.max(...this.#heights());
    if (this.#lowest() >= height) return;
    await new Promise<void>((go) => this.#waiting.add({ height, go }));
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

  /** Told of each block that an organisation has audited. */
  protected audited(_slug: Slug, _block: LedgerBlock): void {
    // Nothing beside the audit.
  }

  #heights(): number[] {
    return this.organisations.map(({ mspId }) => this.#network.ledger(mspId).height);
  }

  #lowest(): number {
    return Math.min(...this.#heights());
  }

  #wake(): void {
    if (this.#waiting.size === 0) return;
    const lowest = this.#lowest();
    for (const waiting of this.#waiting) {
      if (waiting.height > lowest) continue;
      this.#waiting.delete(waiting);
      waiting.go();
    }
  }

  async #read(): Promise<void> {
    await this.inStep();
    await Promise.all(
      this.#auditors.map(async ([organisation, auditor]) => {
        const slug = organisation.slug as Slug;
        const client = await this.as({ slug, user: 'auditor' });
        for await (const block of client.events.blocks({ from: auditor.height, to: 'latest' })) {
          auditor.add(block);
          this.audited(slug, block);
        }
      }),
    );
  }
}
