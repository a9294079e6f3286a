import { runLoad } from './load';
import type { Load, Operation } from './load';
import type { NetworkProcess } from './network/messages';
import { cpuSeconds } from './processes';
import type { ProcessCost, SideFigures } from './report';
import { median, percentile, rounded } from './statistics';

/** One side of a comparison. */
export interface Side {
  readonly name: string;
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

/** Throughput of the second side for one of the first. */
export interface Comparison {
  /** Median over the pairs of rounds. */
  readonly ratio: number;
  /** Of each pair. */
  readonly ratios: readonly number[];
  readonly sides: readonly [SideFigures, SideFigures];
}

const PAIRS = 6;
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
 * Measures two sides in turns (A B, B A, A B, …), so that whatever drifts in machine or ledger meets both alike. Rounds
 * of both sides take about the same time.
 */
export async function compare(floor: Side, measured: Side, options: CompareOptions): Promise<Comparison> {
  const tallies = [newTally(floor, options), newTally(measured, options)] as const;
  for (const tally of tallies) await warmUp(tally, options);
  for (let pair = 0; pair < PAIRS; pair++) {
    for (const tally of pair % 2 === 0 ? tallies : [...tallies].reverse()) await measure(tally, pair, options);
  }
  const ratios = tallies[0].loads.map((load, pair) => speed(tallies[1].loads[pair]) / speed(load));
  return { ratio: rounded(median(ratios)), ratios: ratios.map((ratio) => rounded(ratio)), sides: [figuresOf(tallies[0], options), figuresOf(tallies[1], options)] };
}

/** One side in the same rounds, where there is nothing to compare it with. */
export async function measureAlone(side: Side, options: CompareOptions): Promise<SideFigures> {
  const tally = newTally(side, options);
  await warmUp(tally, options);
  for (let round = 0; round < PAIRS; round++) await measure(tally, round, options);
  return figuresOf(tally, options);
}

function newTally(side: Side, { processes }: CompareOptions): Tally {
  return { side, loads: [], cpu: processes.map(() => 0), conflicts: 0, count: 0 };
}

/** Twice: the first time compiles, the second tells how many operations a round may have. */
async function warmUp(tally: Tally, { seconds, concurrency, onProgress, perWorker = PER_WORKER }: CompareOptions): Promise<void> {
  onProgress(`${tally.side.name}: warming up`);
  await runLoad(await tally.side.prepare(concurrency * 2), concurrency);
  const warm = await runLoad(await tally.side.prepare(concurrency * 2), concurrency);
  const least = seconds < SHORT_SECONDS ? concurrency : concurrency * perWorker;
  tally.count = Math.max(least, Math.round((speed(warm) * seconds) / PAIRS));
}

async function measure(tally: Tally, round: number, { processes, concurrency, onProgress }: CompareOptions): Promise<void> {
  onProgress(`${tally.side.name}: round ${round + 1} of ${PAIRS}`);
  const operations = await tally.side.prepare(tally.count);
  const conflicts = tally.side.conflicts();
  const before = cpuSeconds(processes);
  tally.loads.push(await runLoad(operations, concurrency));
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
