/**
 * `npm test`: types, generated documents, lint, then the unit tests and suites; real Fabric too where its binaries are
 * found. `npm run test:long`: the suites that take long, because they are about very many things. Further arguments go
 * to jest, which then chooses by them alone. The last line is `N passed, N failed, N skipped` over all of it.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { bundleApp, requireInstall, root } from './bundle-app.mjs';

requireInstall();
/** Suites of `npm run test:long`. */
const LONG = ['test/bench/', 'test/callers/', 'test/contention/', 'test/model-based/model', 'test/year/', 'test/sdk/capture-stream', 'test/demo/story', 'test/cli/'];
const long = process.argv.includes('--long');
const rest = process.argv.slice(2).filter((argument) => argument !== '--long');
const parts = LONG.map((part) => `${root}/${part}`);
const selection = long ? ['--testPathPatterns', ...parts] : rest.length > 0 ? [] : ['--testPathIgnorePatterns', ...parts, '/node_modules/'];
const bin = (name) => path.join(root, 'node_modules', '.bin', name);
const totals = { passed: 0, failed: 0, skipped: 0 };

/** Runs a command to its end. Its output is returned, or shown as it comes where `show` says so. */
function run(command, args, { show = ['ignore', 'pipe', 'pipe'], env = process.env } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: show, env });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => (output += data));
    child.once('error', (error) => resolve({ status: 1, output: `${output}${error.message}\n` }));
    child.once('close', (status) => resolve({ status: status ?? 1, output }));
  });
}

/** A check that passes or fails as a whole; its output is shown when it fails. */
async function check(name, command, args) {
  const started = Date.now();
  const { status, output } = await run(command, args);
  totals[status === 0 ? 'passed' : 'failed'] += 1;
  console.log(`${status === 0 ? 'PASS' : 'FAIL'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  if (status !== 0) console.log(output);
}

/** Says whether the suites on real Fabric take part. */
async function tellFabric() {
  const { findBinaries, fabricVersion } = createRequire(import.meta.url)(await bundleApp('network/src/fabric/binaries.ts', 'node_modules/.cache/dualchain/binaries.cjs'));
  const found = findBinaries();
  console.log('missing' in found ? `FABRIC suites are skipped. ${found.message}` : `FABRIC ${await fabricVersion(found)} takes part (${path.dirname(found.peer)})`);
}

await tellFabric();
if (!long) await Promise.all([
  check('types and build', bin('tsc'), ['-b', 'tsconfig.json', 'test/tsconfig.json']),
  check('generated documents', process.execPath, ['scripts/docs.mjs', '--check']),
  check('lint and dependency direction', bin('eslint'), ['.', '--max-warnings', '0', '--cache', '--cache-location', 'node_modules/.cache/eslint/']),
]);

const scratch = mkdtempSync(path.join(os.tmpdir(), 'dualchain-test-'));
try {
  const report = path.join(scratch, 'jest.json');
  const color = process.stderr.isTTY ? '1' : '0';
  // Only the reporter speaks, on standard error.
  const { status } = await run(bin('jest'), [...rest, '--silent', '--reporters', path.join(root, 'test/support/reporter.cjs'), ...selection], { show: ['ignore', 'ignore', 'inherit'], env: { ...process.env, FORCE_COLOR: color, DUALCHAIN_TEST_REPORT: report } });
  const counts = JSON.parse(readFileSync(report, 'utf8'));
  for (const kind of Object.keys(totals)) totals[kind] += counts[kind];
  if (status !== 0 && totals.failed === 0) totals.failed += 1;
} catch (error) {
  console.error(`The test runner gave no report: ${error.message}`);
  totals.failed += 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exitCode = totals.failed === 0 ? 0 : 1;
