import { AuditedNetwork } from '../support/audited-network';
import type { AuditReport } from '../../client/src/audit/audit';
import type { Topology } from '../../network/src/topology';
import type { Books } from './books';
import { readBooks } from './books';
import { YearClock } from './clock';
import { firstDifference } from './compare';
import { playYear } from './play';
import type { YearPlan } from './plan/year-plan';

export interface YearOptions {
  /** Scripts that are under way at once. */
  readonly lanes: number;
  /** Told when a week is over and audited. */
  readonly onWeek?: (progress: Progress) => void;
}

/** How far a year has come. */
export interface Progress {
  readonly week: number;
  readonly transitions: number;
  readonly blocks: bigint;
}

/** A year that was played, and what the ledgers say of it. */
export interface PlayedYear {
  readonly books: Books;
  readonly reports: readonly AuditReport[];
  /** Committed transactions by verb. */
  readonly committed: ReadonlyMap<string, number>;
  /** Proposals that were repeated: a lost race, or an organisation some blocks behind. */
  readonly repeated: number;
  /** The first thing that is not as planned. */
  readonly difference: string | undefined;
}

/** Blocks need not wait for more: the lanes of a year fill them. */
const BATCH_MS = 100;

/** The brand sells, too, so that claims on it can be netted; the processor buys, and owes its suppliers as the brand does. */
function traders(topology: Topology): Topology {
  const more: Readonly<Record<string, readonly ('supplier' | 'obligor')[]>> = { brand: ['supplier'], processor: ['obligor'] };
  return {
    ...topology,
    channel: { ...topology.channel, batch: { ...topology.channel.batch, timeoutMs: BATCH_MS } },
    organisations: topology.organisations.map((organisation) => ({ ...organisation, roles: [...organisation.roles, ...(more[organisation.slug] ?? [])] })),
  };
}

/**
 * Plays a planned year on a network of its own, on a calendar of its own, and reads the books. Throws YearError where a
 * step does not go as planned or an invariant is broken; a difference in the books is returned.
 */
export async function runYear(plan: YearPlan, { lanes, onWeek }: YearOptions): Promise<PlayedYear> {
  const committed = new Map<string, number>();
  let transitions = 0;
  let repeated = 0;
  const hooks = {
    onCommit: ({ verb }: { readonly verb: string }) => {
      committed.set(verb, (committed.get(verb) ?? 0) + 1);
      transitions += 1;
    },
    onAttempt: ({ reason }: { readonly reason?: Error | undefined }) => {
      if (reason !== undefined) repeated += 1;
    },
  };
  const clock = new YearClock();
  try {
    await using network = await AuditedNetwork.founded({ policy: plan.calendar.policy(0), topology: traders, hooks });
    await playYear(network, clock, plan, { lanes, onWeek: (week) => onWeek?.({ week, transitions, blocks: network.reports()[0]?.height ?? 0n }) });
    const books = await readBooks(network, plan);
    const reports = network.reports();
    return { books, reports, committed, repeated, difference: firstDifference(plan, books, committed) ?? transactionsOn(reports, transitions) };
  } finally {
    clock.stop();
  }
}

/** Every ledger has exactly the transactions that were committed. */
function transactionsOn(reports: readonly AuditReport[], committed: number): string | undefined {
  const other = reports.find(({ transactions }) => transactions !== committed);
  return other === undefined ? undefined : `the ledger of ${other.mspId} has ${other.transactions} transactions, ${committed} were committed`;
}
