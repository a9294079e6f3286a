import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(__dirname, '../..');
const MINUTE = 60_000;

interface Report {
  readonly bench: string;
  readonly engine: string;
  readonly concurrency: number;
  readonly target: Readonly<Record<string, { readonly atLeast?: number; readonly atMost?: number }>>;
  readonly figures: Readonly<Record<string, number>>;
  readonly skipped: Readonly<Record<string, string>>;
  readonly met: boolean;
  readonly sides: readonly { readonly side: string; readonly operations: number; readonly seconds: number; readonly throughput: number; readonly p50: number; readonly p95: number; readonly p99: number; readonly conflicts: number; readonly cpu: readonly unknown[] }[];
  readonly machine: unknown;
}

/** As `npm run bench` runs it, where no Fabric is found: the suites on real Fabric have their own time. */
function bench(...args: readonly string[]): Promise<{ status: number; output: string; errors: string }> {
  // Whoever runs the tests may have asked for colours; a table without them is what is read here.
  const { FORCE_COLOR: _colours, ...inherited } = process.env;
  const env = { ...inherited, NO_COLOR: '1', FABRIC_BIN: '', PATH: [path.dirname(process.execPath), '/usr/bin', '/bin'].join(path.delimiter) };
  return new Promise((resolve) => {
    execFile(process.execPath, [path.join(root, 'scripts/bench.mjs'), ...args], { cwd: root, env, maxBuffer: 2 ** 24 }, (error, output, errors) => resolve({ status: error === null ? 0 : Number(error.code), output, errors }));
  });
}

const smallest = ['--seconds', '0.1', '--concurrency', '3', '--json'];

/** Everything but how fast it was: figures are there, make sense, and decide whether the target is met. */
function expectReport(report: Report, name: string, sides: readonly string[]): void {
  expect(report).toMatchObject({ bench: name, engine: 'embedded', concurrency: 3 });
  expect(report.sides.map(({ side }) => side)).toEqual(sides);
  for (const { operations, seconds, throughput, p50, p95, p99, conflicts, cpu } of report.sides) {
    // Six rounds of at least one operation for each call under way.
    expect(operations).toBeGreaterThanOrEqual(18);
    expect(throughput / (operations / seconds)).toBeCloseTo(1, 1);
    expect(p50).toBeGreaterThan(0);
    expect([p50, p95, p99]).toEqual([p50, p95, p99].sort((a, b) => a - b));
    expect(conflicts).toBe(0);
    expect(cpu).toContainEqual({ process: 'embedded network', msPerOperation: expect.any(Number) as number, percent: expect.any(Number) as number });
  }
  const within = Object.entries(report.target).map(([figure, { atLeast = -Infinity, atMost = Infinity }]) => {
    const value = report.figures[figure];
    if (value === undefined) expect(Object.keys(report.skipped)).toContain(figure);
    return value === undefined || (value >= atLeast && value <= atMost);
  });
  expect(report.met).toBe(within.every(Boolean));
}

test('one bench is one object with its figures, its target and whether it was met', async () => {
  const { status, output, errors } = await bench('transition', ...smallest);
  expect({ status, errors }).toEqual({ status: 0, errors: '' });
  const report = JSON.parse(output) as Report;
  expectReport(report, 'transition', ['floor', 'same reads and writes', 'accept transfer']);
  expect(report.target).toEqual({ ratio: { atLeast: 0.6 } });
  expect(report.figures['ratio']).toBeGreaterThan(0);
  expect(report.machine).toMatchObject({ processors: expect.any(Number) as number, node: process.version });
}, 3 * MINUTE);

test('several benches are a list, and say what they left out', async () => {
  const { status, output, errors } = await bench('embedded', 'contention', ...smallest);
  expect({ status, errors }).toEqual({ status: 0, errors: '' });
  const { benches, met } = JSON.parse(output) as { benches: Report[]; met: boolean };
  const [contention, embedded] = benches as [Report, Report];
  expectReport(contention, 'contention', ['floor', 'split holdings']);
  expect(contention.figures).toMatchObject({ conflicts: 0, winners: 1, losersToldHoldingNotFree: 2 });
  expectReport(embedded, 'embedded', ['floor on embedded']);
  expect(embedded.skipped['ratio']).toContain('FABRIC_BIN');
  expect(met).toBe(benches.every((report) => report.met));
}, 4 * MINUTE);

test('capture counts events, every one of them new', async () => {
  const { status, output, errors } = await bench('capture', '--seconds', '0.1', '--concurrency', '1', '--json');
  expect({ status, errors }).toEqual({ status: 0, errors: '' });
  const { figures, sides, target } = JSON.parse(output) as Report;
  expect(target).toEqual({ eventsToFloor: { atLeast: 20 } });
  expect(sides.map(({ side, conflicts }) => [side, conflicts])).toEqual([['floor', 0], ['capture', 0]]);
  const [, capture] = sides as [Report['sides'][number], Report['sides'][number]];
  expect(figures['eventsPerSecond']! / ((capture.operations * 500) / capture.seconds)).toBeCloseTo(1, 1);
}, 3 * MINUTE);

test('a trace is measured only while it finds what a walk in memory finds', async () => {
  const { status, output, errors } = await bench('trace', 'growth', ...smallest);
  expect({ status, errors }).toEqual({ status: 0, errors: '' });
  const [trace, growth] = (JSON.parse(output) as { benches: Report[] }).benches as [Report, Report];
  expectReport(trace, 'trace', ['floor', 'lots by chance', 'lots by day']);
  expect(trace.target).toEqual({ milliseconds: { atMost: 500 } });
  expect(trace.figures['eventsTold']).toBeGreaterThan(100);
  expect(trace.figures['eventsOnLedger']).toBeGreaterThanOrEqual(500);
  expectReport(growth, 'growth', growth.sides.map(({ side }) => side));
  const sizes = growth.sides.flatMap(({ side }) => (side.startsWith('trace, ') ? [Number(/\d+/.exec(side)?.[0])] : []));
  expect(sizes).toHaveLength(3);
  for (const [index, least] of [200, 400, 800].entries()) expect(sizes[index]).toBeGreaterThanOrEqual(least);
  for (const size of sizes) expect(growth.figures[`millisecondsAt${size}`]).toBeGreaterThan(0);
}, 5 * MINUTE);

test('figures are a table for people', async () => {
  const { status, output } = await bench('sdk', '--seconds', '0.1', '--concurrency', '1');
  expect(status).toBe(0);
  expect(output).toMatch(/^sdk {2}the SDK against/);
  for (const side of ['plain client', 'SDK']) expect(output).toMatch(new RegExp(`\\n +${side} +[0-9.]+ +[0-9.]+`));
  expect(output).toMatch(/\n +ops\/s +p50 ms +p95 ms +p99 ms +conflicts/);
  expect(output).toMatch(/\n +ratio +[0-9.]+ +≥ 0\.95 +(not )?met/);
}, 2 * MINUTE);

test('help lists the benches; a wrong word is one clear line', async () => {
  const help = await bench('--help');
  expect(help).toMatchObject({ status: 0, errors: '' });
  for (const name of ['transition', 'sdk', 'capture', 'contention', 'embedded', 'trace', 'growth']) expect(help.output).toMatch(new RegExp(`\\n  ${name} `));
  for (const [args, named] of [[['frobnicate'], 'frobnicate'], [['--engine', 'none'], 'none'], [['--seconds', '0'], '--seconds'], [['--concurrency', '1.5'], '--concurrency'], [['--frobnicate'], '--frobnicate']] as const) {
    const { status, output, errors } = await bench(...args);
    expect({ status, output, lines: errors.trim().split('\n').length }).toEqual({ status: 2, output: '', lines: 1 });
    expect(errors).toContain(named);
  }
}, 3 * MINUTE);

test('the floor is in the bench build of the chaincode and in no other', async () => {
  await bench('--help');
  expect(readFileSync(path.join(root, 'bench/dist/chaincode.cjs'), 'utf8')).toContain('FloorContract');
  expect(readFileSync(path.join(root, 'chaincode/dist/main.js'), 'utf8')).not.toContain('FloorContract');
}, MINUTE);
