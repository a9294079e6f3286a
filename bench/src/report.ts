import type { EngineName } from './network/messages';

/** Bounds of a figure. */
export interface Bounds {
  readonly atLeast?: number;
  readonly atMost?: number;
}

export interface ProcessCost {
  readonly process: string;
  /** Processor milliseconds for each operation. */
  readonly msPerOperation: number;
  /** Share of one processor while measured, in percent. */
  readonly percent: number;
}

/** One side of a comparison, over all its rounds. */
export interface SideFigures {
  readonly side: string;
  readonly operations: number;
  readonly seconds: number;
  /** Operations a second. */
  readonly throughput: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  /** Transactions that met a conflict and had to be repeated. */
  readonly conflicts: number;
  readonly cpu: readonly ProcessCost[];
}

/** What a bench found. */
export interface BenchReport {
  readonly bench: string;
  readonly what: string;
  readonly engine: EngineName;
  readonly versions: Readonly<Record<string, string>>;
  readonly concurrency: number;
  readonly target: Readonly<Record<string, Bounds>>;
  /** Figures by name; those with a target decide. */
  readonly figures: Readonly<Record<string, number>>;
  /** What was left out, and why; its target is then not judged. */
  readonly skipped: Readonly<Record<string, string>>;
  readonly met: boolean;
  /** The floor first. */
  readonly sides: readonly SideFigures[];
}

/** Whether every figure that was measured is within its target. A target without figure must be among the skipped. */
export function isMet({ target, figures, skipped }: Pick<BenchReport, 'target' | 'figures' | 'skipped'>): boolean {
  return Object.entries(target).every(([name, bounds]) => {
    const figure = figures[name];
    return figure === undefined ? Object.hasOwn(skipped, name) : isWithin(figure, bounds);
  });
}

export function isWithin(figure: number, { atLeast = -Infinity, atMost = Infinity }: Bounds): boolean {
  return figure >= atLeast && figure <= atMost;
}

/** "≥ 0.6", "≤ 400", "= 1". */
export function boundsText({ atLeast, atMost }: Bounds): string {
  if (atLeast !== undefined && atLeast === atMost) return `= ${atLeast}`;
  return [atLeast === undefined ? [] : [`≥ ${atLeast}`], atMost === undefined ? [] : [`≤ ${atMost}`]].flat().join(' and ');
}
