import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Auditor } from '../../client/src/audit/audit';
import type { Break } from '../../client/src/audit/audit';
import { LedgerState } from '../../client/src/audit/ledger-state';
import { readStep } from '../../client/src/audit/step-reader';
import type { LedgerBlock } from '../../client/src';
import { connect } from '../../client/src';
import type { Dualchain } from '../../client/src';
import { EmbeddedNetwork } from '../../network/src/embedded';
import { loadTopology } from '../../network/src/topology';
import type { Slug } from '../support/network';
import { root } from '../support/data';
import { members, mspIdOf, slugs } from './actors';
import type { Actor } from './attempt';
import { policy } from './policy';

/** An invariant that an organisation's own ledger breaks. */
export interface Breach extends Break {
  readonly mspId: string;
  readonly invariant: string;
}

/** Milliseconds that a call and its transaction may take: however slow the machine is, it is no failure of the rules. */
const PATIENCE = 240_000;
const deadlines = { evaluate: PATIENCE, endorse: PATIENCE, submit: PATIENCE, commitStatus: PATIENCE, resolve: PATIENCE, catchUp: PATIENCE };

/** Organisations whose ledger is also read as a state: between them they hold the units of every holding. */
const keepers: readonly Slug[] = ['brand', 'regulator'];

/** The embedded network that all sequences of a run share, each with ids of its own; every organisation audits its own ledger as it grows. */
export class ModelNetwork implements AsyncDisposable {
  readonly #network: EmbeddedNetwork;
  readonly #directory: string;
  readonly #users = new Map<string, Promise<Dualchain>>();
  readonly #auditors: readonly Auditor[];
  readonly #states = new Map<Slug, LedgerState>(keepers.map((slug) => [slug, new LedgerState()]));
  readonly #waiting = new Set<{ readonly height: number; readonly go: () => void }>();
  #auditing: Promise<void> = Promise.resolve();
  #sequences = 0;

  private constructor(network: EmbeddedNetwork, directory: string) {
    this.#network = network;
    this.#directory = directory;
    this.#auditors = slugs.map((slug) => new Auditor({ mspId: mspIdOf(slug), chaincode: network.topology.chaincode.name }));
    for (const slug of slugs) network.ledger(mspIdOf(slug)).onCommit(() => this.#wake());
  }

  /** Starts, deploys this chaincode bundle and founds the consortium, with no days of grace and none to default. */
  static async start(entry = path.join(root, 'chaincode/dist/main.js')): Promise<ModelNetwork> {
    const directory = mkdtempSync(path.join(os.tmpdir(), 'dualchain-model-'));
    const topology = loadTopology(path.join(root, 'network/consortium.yaml'));
    const network = await EmbeddedNetwork.start({ topology, directory, ports: 'ephemeral', chaincode: { entry }, executeTimeoutMs: PATIENCE });
    const made = new ModelNetwork(network, directory);
    try {
      await network.deploy();
      await (await made.as({ slug: 'brand', user: 'maker' })).consortium.bootstrap({ members: members.map(({ slug: _slug, ...member }) => member), policy });
    } catch (error) {
      await made.stop();
      throw error;
    }
    return made;
  }

  /** A user's connection, made once. */
  as({ slug, user }: Actor): Promise<Dualchain> {
    const key = `${slug}/${user}`;
    const known = this.#users.get(key) ?? connect({ profile: this.#network.profileDirectory(slug), user, deadlines });
    this.#users.set(key, known);
    return known;
  }

  /** Number of the next sequence on this network, from 1 on. */
  nextSequence(): number {
    this.#sequences += 1;
    return this.#sequences;
  }

  /** Resolves once every organisation has the newest block that any of them has, so that the next caller sees what the last one did. */
  async inStep(): Promise<void> {
    const height = Math.max(...this.#heights());
    if (this.#lowest() >= height) return;
    await new Promise<void>((go) => this.#waiting.add({ height, go }));
  }

  /** Every organisation reads its own ledger to the end and checks all invariants on it; what is broken. */
  async audit(): Promise<Breach[]> {
    // Sequences that end at the same time share one reading.
    const turn = this.#auditing.then(() => this.#read());
    this.#auditing = turn.catch(() => undefined);
    await turn;
    return this.#auditors.flatMap((auditor) => {
      const { mspId, verdicts } = auditor.report();
      return verdicts.flatMap(({ invariant, breaks }) => breaks.map((each) => ({ ...each, mspId, invariant })));
    });
  }

  /** The ledger of the brand or the regulator, as far as the last audit read it. */
  stateOf(keeper: Slug): LedgerState {
    return this.#states.get(keeper) ?? new LedgerState();
  }

  /** Facts that all auditors checked, by invariant. */
  checked(): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const auditor of this.#auditors) for (const { invariant, checked } of auditor.report().verdicts) counts.set(invariant, (counts.get(invariant) ?? 0) + checked);
    return counts;
  }

  async stop(): Promise<void> {
    for (const user of this.#users.values()) await user.then((client) => client.close(), () => undefined);
    await this.#network.stop();
    rmSync(this.#directory, { recursive: true, force: true });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  #heights(): number[] {
    return slugs.map((slug) => this.#network.ledger(mspIdOf(slug)).height);
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
      this.#auditors.map(async (auditor, index) => {
        const slug = slugs[index] ?? 'brand';
        const client = await this.as({ slug, user: 'auditor' });
        for await (const block of client.events.blocks({ from: auditor.height, to: 'latest' })) {
          auditor.add(block);
          this.#follow(slug, block);
        }
      }),
    );
  }

  #follow(slug: Slug, block: LedgerBlock): void {
    const state = this.#states.get(slug);
    if (state === undefined) return;
    for (const transaction of block.transactions) {
      const step = readStep({ mspId: mspIdOf(slug), chaincode: this.#network.topology.chaincode.name }, block, transaction, state);
      if (step !== undefined) state.apply(step);
    }
  }
}
