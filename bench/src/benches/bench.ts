import type { BenchFiles } from '../network/bench-network';
import type { EngineName } from '../network/messages';
import type { BenchReport } from '../report';

export interface BenchOptions {
  readonly engine: EngineName;
  /** Measured seconds of each side. */
  readonly seconds: number;
  /** Calls under way at once; a bench has its own where none is given. */
  readonly concurrency: number | undefined;
  readonly files: BenchFiles;
  readonly onProgress: (step: string) => void;
}

export interface Bench {
  readonly name: string;
  /** One sentence. */
  readonly what: string;
  run(options: BenchOptions): Promise<BenchReport>;
}

/** Calls under way at once where none is given. On real Fabric more than one block holds, so that blocks are cut by number and not by the timer. */
export function usualConcurrency(engine: EngineName): number {
  return engine === 'fabric' ? 64 : 16;
}
