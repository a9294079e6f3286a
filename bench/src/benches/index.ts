import type { Bench } from './bench';
import { transition } from './transition';

export type { Bench, BenchOptions } from './bench';

/** All benches, in the order in which they run. */
export const benches: readonly Bench[] = [transition];
