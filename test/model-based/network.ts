import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Auditor } from '../../client/src/audit/audit';
import type { Break } from '../../client/src/audit/audit';
import { connect } from '../../client/src';
import type { Dualchain } from '../../client/src';
import { EmbeddedNetwork } from '../../network/src/embedded';
import { loadTopology } from '../../network/src/topology';
import { root } from '../support/data';
import { mspIdOf, slugs } from './actors';
import type { Actor } from './attempt';
import { policy } from './policy';

/** An invariant that an organisation's own ledger breaks. */
export interface Breach extends Break {
  readonly mspId: string;
  readonly invariant: string;
}

/** The embedded network that all sequences of a run share, each with ids of its own; every organisation audits its own ledger as it grows. */
export class ModelNetwork implements AsyncDisposable {
  readonly #network: EmbeddedNetwork;
  readonly #directory: string;
  readonly #users = new Map<string, Promise<Dualchain>>();
  readonly #auditors: readonly Auditor[];
  #auditing: Promise<void> = Promise.resolve();

  private constructor(network: EmbeddedNetwork, directory: string) {
    this.#network = network;
    this.#directory = directory;
    this.#auditors = slugs.map((slug) => new Auditor({ mspId: mspIdOf(slug), chaincode: network.topology.chaincode.name }));
  }

  /** Starts, deploys this chaincode bundle and founds the consortium, with no days of grace and none to default. */
  static async start(entry = path.join(root, 'chaincode/dist/main.js')): Promise<ModelNetwork> {
    const directory = mkdtempSync(path.join(os.tmpdir(), 'dualchain-model-'));
    const topology = loadTopology(path.join(root, 'network/consortium.yaml'));
    const network = await EmbeddedNetwork.start({ topology, directory, ports: 'ephemeral', chaincode: { entry } });
    const made = new ModelNetwork(network, directory);
    try {
      await network.deploy();
      const members = topology.organisations.map(({ mspId, name, gln, roles }) => ({ mspId, name, gln, roles: [...roles] }));
      await (await made.as({ slug: 'brand', user: 'maker' })).consortium.bootstrap({ members, policy });
    } catch (error) {
      await made.stop();
      throw error;
    }
    return made;
  }

  /** A user's connection, made once. */
  as({ slug, user }: Actor): Promise<Dualchain> {
    const key = `${slug}/${user}`;
    const known = this.#users.get(key) ?? connect({ profile: this.#network.profileDirectory(slug), user });
    this.#users.set(key, known);
    return known;
  }

  /** Resolves once every organisation has the newest block that any of them has, so that the next caller sees what the last one did. */
  async inStep(): Promise<void> {
    const heights = () => slugs.map((slug) => this.#network.ledger(mspIdOf(slug)).height);
    const newest = Math.max(...heights().map(Number));
    while (heights().some((height) => Number(height) < newest)) await setTimeout(1);
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

  async #read(): Promise<void> {
    await this.inStep();
    await Promise.all(
      this.#auditors.map(async (auditor, index) => {
        const client = await this.as({ slug: slugs[index] ?? 'brand', user: 'auditor' });
        for await (const block of client.events.blocks({ from: auditor.height, to: 'latest' })) auditor.add(block);
      }),
    );
  }
}
