import Table from 'cli-table3';
import colours from 'picocolors';
import { boundsText, isWithin } from './report';
import type { BenchReport, SideFigures } from './report';

/** Processes that used less of one processor than this share are summed up. */
const SMALL_PERCENT = 1;

const frame = { 'top': '', 'top-mid': '', 'top-left': '', 'top-right': '', 'bottom': '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '', 'left': '  ', 'left-mid': '', 'mid': '', 'mid-mid': '', 'right': '', 'right-mid': '', 'middle': '   ' };

type Row = readonly (string | number)[];

function table(head: readonly string[], rows: readonly Row[]): string {
  const made = new Table({ head: [...head], chars: frame, style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 }, colAligns: head.map((_, column) => (column === 0 ? 'left' : 'right')) });
  made.push(...rows.map((row) => row.map(String)));
  return made.toString();
}

/** A report for people. */
export function reportText(report: BenchReport): string {
  const { bench, what, engine, versions, concurrency, figures, target, skipped, sides, met } = report;
  const judged = Object.entries(figures).map(([name, figure]): Row => {
    const bounds = target[name];
    if (bounds === undefined) return [name, figure, '', ''];
    return [name, figure, boundsText(bounds), isWithin(figure, bounds) ? colours.green('met') : colours.yellow('not met')];
  });
  return [
    `${colours.bold(bench)}  ${what}`,
    colours.dim(`${engine}, ${Object.entries(versions).map(([name, version]) => `${name} ${version}`).join(', ')}, ${concurrency} calls at once`),
    '',
    table(['', 'ops/s', 'p50 ms', 'p95 ms', 'p99 ms', 'conflicts', 'ops', 'seconds'], sides.map(({ side, throughput, p50, p95, p99, conflicts, operations, seconds }): Row => [side, throughput, p50, p95, p99, conflicts, operations, seconds])),
    '',
    table(['processor time', ...sides.flatMap(({ side }) => [`${side}: %`, 'ms/op'])], costRows(sides)),
    '',
    table(['figure', 'value', 'target', ''], judged),
    ...Object.entries(skipped).map(([name, reason]) => `  ${name} is skipped: ${reason}`),
    '',
    met ? colours.green('Target met.') : colours.yellow('Target not met.'),
    '',
  ].join('\n');
}

function costRows(sides: readonly SideFigures[]): Row[] {
  const names = [...new Set(sides.flatMap(({ cpu }) => cpu.map(({ process }) => process)))];
  const largest = (name: string) => Math.max(...sides.map(({ cpu }) => cpu.find(({ process }) => process === name)?.percent ?? 0));
  const [large, small] = [names.filter((name) => largest(name) >= SMALL_PERCENT), names.filter((name) => largest(name) < SMALL_PERCENT)];
  const row = (label: string, processes: readonly string[]): Row => [
    label,
    ...sides.flatMap(({ cpu }) => {
      const costs = cpu.filter(({ process }) => processes.includes(process));
      return [costs.reduce((sum, { percent }) => sum + percent, 0).toFixed(1), costs.reduce((sum, { msPerOperation }) => sum + msPerOperation, 0).toFixed(2)];
    }),
  ];
  return [...large.map((name) => row(name, [name])), ...(small.length === 0 ? [] : [row(`${small.length} others`, small)]), row('all', names)];
}
