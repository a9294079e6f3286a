import { BenchNetwork } from '../network/bench-network';
import type { BenchOptions } from './bench';

/** Runs a bench on a network of its own with a founded consortium. */
export async function onNetwork<T>({ engine, files, onProgress }: BenchOptions, run: (network: BenchNetwork) => Promise<T>): Promise<T> {
  onProgress(`starting the network (${engine})`);
  const network = await BenchNetwork.start(engine, files);
  try {
    onProgress('founding the consortium');
    await network.found();
    return await run(network);
  } finally {
    await network.stop();
  }
}
