import { findBinaries } from '@dualchain/network';
import { compare, measureAlone } from '../compare';
import type { CompareOptions, Side } from '../compare';
import { floorSide } from '../floor/side';
import { BenchNetwork } from '../network/bench-network';
import { residentMiB } from '../processes';
import { rounded } from '../statistics';
import type { Bench, BenchOptions } from './bench';
import { usualConcurrency } from './bench';
import { reportOf } from './report-of';

const TARGET = { ratio: { atLeast: 1 }, firstTransactionSeconds: { atMost: 3 }, memoryMiB: { atMost: 400 } };
const ENDORSERS = ['farm', 'brand'];

/** The embedded engine itself: its floor against that of real Fabric, its start, its memory. */
export const embedded: Bench = {
  name: 'embedded',
  what: 'the floor on the embedded engine against the floor on real Fabric; from nothing to the first transaction; memory',
  async run(options) {
    const { files, onProgress } = options;
    const began = performance.now();
    onProgress('starting the network (embedded)');
    const network = await BenchNetwork.start('embedded', files);
    try {
      const floor = named('floor on embedded', floorSide(network, 'farm', ENDORSERS));
      for (const first of await floor.prepare(1)) await first();
      const firstTransactionSeconds = rounded((performance.now() - began) / 1000);
      const { sides, figures, skipped, versions } = await againstFabric(network, floor, options);
      const memoryMiB = rounded(network.hosted.processes.reduce((sum, { pid }) => sum + residentMiB(pid), 0));
      return reportOf(embedded, network, { concurrency: concurrencyOf(options), target: TARGET, sides, skipped, versions, figures: { ...figures, firstTransactionSeconds, memoryMiB } });
    } finally {
      await network.stop();
    }
  },
};

async function againstFabric(network: BenchNetwork, floor: Side, options: BenchOptions) {
  const { files, onProgress, seconds } = options;
  const settings = (...networks: readonly BenchNetwork[]): CompareOptions => ({ concurrency: concurrencyOf(options), seconds, onProgress, processes: [{ name: 'client', pid: process.pid }, ...networks.flatMap(({ hosted }) => hosted.processes)] });
  const found = findBinaries();
  if ('missing' in found) {
    return { sides: [await measureAlone(floor, settings(network))], figures: {}, skipped: { ratio: found.message }, versions: network.hosted.versions };
  }
  onProgress('starting the network (fabric)');
  const fabric = await BenchNetwork.start('fabric', files);
  try {
    const { ratios: [ratio = 0], worst, best, sides } = await compare([named('floor on Fabric', floorSide(fabric, 'farm', ENDORSERS)), floor], settings(fabric, network));
    return { sides, figures: { ratio, worstRound: worst, bestRound: best }, skipped: {}, versions: fabric.hosted.versions };
  } finally {
    await fabric.stop();
  }
}

function named(name: string, side: Side): Side {
  return { ...side, name };
}

/** As for Fabric, since both sides take the same. */
function concurrencyOf({ concurrency = usualConcurrency('fabric') }: BenchOptions): number {
  return concurrency;
}
