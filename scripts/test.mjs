/**
 * `npm test`: everything a fresh machine can run. Types, lint, then every jest project; real Fabric too where its
 * binaries are found. The last line is `N passed, N failed, N skipped` over all of it.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { requireInstall, root } from './bundle-app.mjs';

requireInstall();
const { bundleChaincodes } = await import('./bundle-chaincode.mjs');
const bin = (name) => path.join(root, 'node_modules', '.bin', name);
const totals = { passed: 0, failed: 0, skipped: 0 };

function check(name, command, args) {
  const started = Date.now();
  const { status } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  const ok = status === 0;
  totals[ok ? 'passed' : 'failed'] += 1;
  console.log(`${ok ? 'PASS' : 'FAIL'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
}

check('types and build', bin('tsc'), ['-b', 'tsconfig.json', 'test/tsconfig.json']);
check('lint and dependency direction', bin('eslint'), ['.', '--max-warnings', '0', '--cache', '--cache-location', 'node_modules/.cache/eslint/']);
await bundleChaincodes();

const scratch = mkdtempSync(path.join(os.tmpdir(), 'dualchain-test-'));
try {
  const report = path.join(scratch, 'jest.json');
  const { status } = spawnSync(bin('jest'), ['--json', `--outputFile=${report}`, ...process.argv.slice(2)], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, FORCE_COLOR: process.stdout.isTTY ? '1' : '0' } });
  const result = JSON.parse(readFileSync(report, 'utf8'));
  totals.passed += result.numPassedTests;
  totals.failed += result.numFailedTests + result.numRuntimeErrorTestSuites;
  totals.skipped += result.numPendingTests + result.numTodoTests;
  if (status !== 0 && totals.failed === 0) totals.failed += 1;
} catch (error) {
  console.error(`The test runner gave no report: ${error.message}`);
  totals.failed += 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exitCode = totals.failed === 0 ? 0 : 1;
