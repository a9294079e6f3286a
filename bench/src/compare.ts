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

interface Tally {
  readonly side: Side;
  readonly loads: Load[];
  readonly cpu: number[];
  conflicts: number;
}

/**
 * Measures two sides in turns (A B, B A, A B, …), so that whatever drifts in machine or ledger meets both alike. Rounds
 * of both sides take about the same time.
 */
export async function compare(floor: Side, measured: Side, options: CompareOptions): Promise<Comparison> {
  const { seconds, concurrency, onProgress } = options;
  const tallies = [floor, measured].map((side): Tally => ({ side, loads: [], cpu: options.processes.map(() => 0), conflicts: 0 })) as [Tally, Tally];
  const counts = await Promise.all([0, 0]);
  for (const [index, { side }] of tallies.entries()) {
    onProgress(`${side.name}: warming up`);
    // Twice: the first time compiles, the second tells how long a round will take.
    await runLoad(await side.prepare(concurrency * 2), concurrency);
    const warm = await runLoad(await side.prepare(concurrency * 2), concurrency);
    counts[index] = Math.max(seconds < 1 ? concurrency : concurrency * PER_WORKER, Math.round(((warm.operations / warm.seconds) * seconds) / PAIRS));
  }
  for (let pair = 0; pair < PAIRS; pair++) {
    for (const index of pair % 2 === 0 ? [0, 1] : [1, 0]) {
      const tally = tallies[index] as Tally;
      onProgress(`${tally.side.name}: round ${pair + 1} of ${PAIRS}`);
      await measure(tally, counts[index] ?? concurrency, options);
    }
  }
  const ratios = tallies[0].loads.map((load, pair) => speed(tallies[1].loads[pair]) / speed(load));
  return { ratio: rounded(median(ratios)), ratios: ratios.map((ratio) => rounded(ratio)), sides: [figuresOf(tallies[0], options), figuresOf(tallies[1], options)] };
}

async function measure(tally: Tally, count: number, { processes, concurrency }: CompareOptions): Promise<void> {
  const operations = await tally.side.prepare(count);
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
