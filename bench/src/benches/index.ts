import type { Bench } from './bench';
import { capture } from './capture';
import { contention } from './contention';
import { embedded } from './embedded';
import { growth } from './growth';
import { sdk } from './sdk';
import { trace } from './trace';
import { transition } from './transition';

export type { Bench, BenchOptions } from './bench';

/** All benches, in the order in which they run. */
export const benches: readonly Bench[] = [transition, sdk, capture, contention, embedded, trace, growth];
