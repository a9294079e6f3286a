import { runLoad } from './load';
import type { Load, Operation } from './load';
import type { NetworkProcess } from './network/messages';
import { cpuSeconds } from './processes';
import type { ProcessCost, SideFigures } from './report';
import { median, percentile, rounded } from './statistics';

/** One side of a comparison. */
export interface Side {
  readonly name: string;
  /** Calls at once, where fewer than on the other sides keep it busy. */
  readonly concurrency?: number;
  /** Makes so many operations ready; not measured. */
  prepare(count: number): Promise<readonly Operation[]> | readonly Operation[];
  /** Conflicts met so far. */
  conflicts(): number;
}

export interface CompareOptions {
  readonly concurrency: number;
  /** Measured seconds of each side. */
  readonly seconds: number;
  readonly processes: readonly NetworkProcess[];
  readonly onProgress: (step: string) => void;
  /** Operations of a round for each call under way, at least. */
  readonly perWorker?: number;
}

/** Throughput of the sides against the first of them, the floor. */
export interface Comparison {
  /** Of each side but the first, in their order: median over the rounds. */
  readonly ratios: readonly number[];
  /** Of the side measured last, the lowest and the highest over the rounds. */
  readonly worst: number;
  readonly best: number;
  readonly sides: readonly SideFigures[];
}

const ROUNDS = 6;
/** Operations of a round for each worker at least, so that the last ones of a round, which have no company, weigh little. */
const PER_WORKER = 4;
/** Below this the figures mean nothing anyway, and rounds are as small as they can be. */
const SHORT_SECONDS = 1;

interface Tally {
  readonly side: Side;
  readonly loads: Load[];
  readonly cpu: number[];
  conflicts: number;
  /** Operations of a round. */
  count: number;
}

/**
 * Measures the sides in turns (A B, B A, A B, …), so that whatever drifts in machine or ledger meets all alike. Rounds of
 * all sides take about the same time. The floor comes first.
 */
export async function compare(sides: readonly Side[], options: CompareOptions): Promise<Comparison> {
  const tallies = sides.map((side) => newTally(side, options));
  for (const tally of tallies) await warmUp(tally, options);
  for (let round = 0; round < ROUNDS; round++) {
    for (const tally of round % 2 === 0 ? tallies : [...tallies].reverse()) await measure(tally, round, options);
  }
  const [floor, ...others] = tallies;
  const byRound = others.map(({ loads }) => loads.map((load, round) => speed(load) / speed(floor?.loads[round])));
  const last = byRound.at(-1) ?? [];
  return { ratios: byRound.map((ratios) => rounded(median(ratios))), worst: rounded(Math.min(...last)), best: rounded(Math.max(...last)), sides: tallies.map((tally) => figuresOf(tally, options)) };
}

/** One side in the same rounds, where there is nothing to compare it with. */
export async function measureAlone(side: Side, options: CompareOptions): Promise<SideFigures> {
  const tally = newTally(side, options);
  await warmUp(tally, options);
  for (let round = 0; round < ROUNDS; round++) await measure(tally, round, options);
  return figuresOf(tally, options);
}

function newTally(side: Side, { processes }: CompareOptions): Tally {
  return { side, loads: [], cpu: processes.map(() => 0), conflicts: 0, count: 0 };
}

/** Twice: the first time compiles, the second tells how many operations a round may have. */
async function warmUp(tally: Tally, { seconds, concurrency: usual, onProgress, perWorker = PER_WORKER }: CompareOptions): Promise<void> {
  const { concurrency = usual } = tally.side;
  onProgress(`${tally.side.name}: warming up`);
  await runLoad(await tally.side.prepare(concurrency * 2), concurrency);
  const warm = await runLoad(await tally.side.prepare(concurrency * 2), concurrency);
  const least = seconds < SHORT_SECONDS ? concurrency : concurrency * perWorker;
  tally.count = Math.max(least, Math.round((speed(warm) * seconds) / ROUNDS));
}

async function measure(tally: Tally, round: number, { processes, concurrency, onProgress }: CompareOptions): Promise<void> {
  onProgress(`${tally.side.name}: round ${round + 1} of ${ROUNDS}`);
  const operations = await tally.side.prepare(tally.count);
  const conflicts = tally.side.conflicts();
  const before = cpuSeconds(processes);
  tally.loads.push(await runLoad(operations, tally.side.concurrency ?? concurrency));
  cpuSeconds(processes).forEach((used, index) => (tally.cpu[index] = (tally.cpu[index] ?? 0) + used - (before[index] ?? 0)));
  tally.conflicts += tally.side.conflicts() - conflicts;
}

function speed(load: Load | undefined): number {
  return load === undefined ? 0 : load.operations / load.seconds;
}

function figuresOf({ side, loads, cpu, conflicts }: Tally, { processes }: CompareOptions): SideFigures {
  const operations = loads.reduce((sum, load) => sum + load.operations, 0);
  const seconds = loads.reduce((sum, load) => sum + load.seconds, 0);
  const latencies = loads.flatMap((load) => load.latencies);
  const of = (share: number) => rounded(percentile(latencies, share));
  const costs = processes.map(({ name }, index): ProcessCost => ({ process: name, msPerOperation: rounded(((cpu[index] ?? 0) * 1000) / operations, 3), percent: rounded(((cpu[index] ?? 0) * 100) / seconds, 3) }));
  return { side: side.name, operations, seconds: rounded(seconds), throughput: rounded(operations / seconds), p50: of(0.5), p95: of(0.95), p99: of(0.99), conflicts, cpu: costs.filter(({ percent }) => percent > 0).sort((a, b) => b.percent - a.percent) };
}
