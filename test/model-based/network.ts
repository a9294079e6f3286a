import { LedgerState } from '../../client/src/audit/ledger-state';
import { readStep } from '../../client/src/audit/step-reader';
import type { LedgerBlock } from '../../client/src';
import { AuditedNetwork } from '../support/audited-network';
import type { Slug } from '../support/network';
import { mspIdOf } from '../support/organisations';
import { members } from './actors';
import { policy } from './policy';

/** Organisations whose ledger is also read as a state: between them they hold what is sealed of every holding, receipt and loan. */
const keepers: readonly Slug[] = ['brand', 'regulator', 'carrier', 'clearing'];

/** The embedded network that all sequences of a run share, each with ids of its own; every organisation audits its own ledger as it grows. */
export class ModelNetwork extends AuditedNetwork {
  readonly #states = new Map<Slug, LedgerState>(keepers.map((slug) => [slug, new LedgerState()]));
  #sequences = 0;

  /** Starts, deploys this chaincode bundle and founds the consortium of the model, with no days of grace and none to default. */
  static async start(entry?: string): Promise<ModelNetwork> {
    const rolesOf = (mspId: string) => members.find((member) => member.mspId === mspId)?.roles ?? [];
    const made = new ModelNetwork(await AuditedNetwork.deploy({ entry, topology: (topology) => ({ ...topology, organisations: topology.organisations.map((organisation) => ({ ...organisation, roles: rolesOf(organisation.mspId) })) }) }));
    await made.found(policy);
    return made;
  }

  /** What the sequences under way have tried so far, by number. */
  readonly told = new Map<number, string[]>();

  /** Number of the next sequence on this network, from 1 on. */
  nextSequence(): number {
    this.#sequences += 1;
    return this.#sequences;
  }

  /** The ledger of one of those that keep what is sealed, as far as the last audit read it. */
  stateOf(keeper: Slug): LedgerState {
    return this.#states.get(keeper) ?? new LedgerState();
  }

  protected override audited(slug: Slug, block: LedgerBlock): void {
    const state = this.#states.get(slug);
    if (state === undefined) return;
    for (const transaction of block.transactions) {
      const step = readStep({ mspId: mspIdOf(slug), chaincode: this.chaincode }, block, transaction, state);
      if (step !== undefined) state.apply(step);
    }
  }
}
