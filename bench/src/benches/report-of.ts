import type { BenchNetwork } from '../network/bench-network';
import { isMet } from '../report';
import type { BenchReport } from '../report';
import type { Bench } from './bench';

/** Completes a report; whether the targets are met follows from the figures. */
export function reportOf({ name, what }: Bench, { engine, hosted }: BenchNetwork, parts: Pick<BenchReport, 'concurrency' | 'target' | 'figures' | 'sides'> & Partial<Pick<BenchReport, 'skipped' | 'versions'>>): BenchReport {
  const { skipped = {}, versions = hosted.versions } = parts;
  return { bench: name, what, engine, ...parts, versions, skipped, met: isMet({ ...parts, skipped }) };
}
