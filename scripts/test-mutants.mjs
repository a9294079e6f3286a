/**
 * `npm run test:mutants [id…]`: puts deliberate faults into the rules, one at a time (test/mutants/mutants.cjs), and runs
 * the tests that must catch each. Exit code 1 if one goes unnoticed, stands in no file any more, or if its tests fail
 * without it.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { requireInstall, root } from './bundle-app.mjs';

requireInstall();
const all = createRequire(import.meta.url)(path.join(root, 'test/mutants/mutants.cjs'));
const wanted = process.argv.slice(2);
const unknown = wanted.filter((id) => !all.some((mutant) => mutant.id === id));
if (unknown.length > 0) {
  console.error(`There is no mutant ${unknown.join(', ')}. There are: ${all.map(({ id }) => id).join(', ')}`);
  process.exit(2);
}
const mutants = wanted.length === 0 ? all : all.filter(({ id }) => wanted.includes(id));
const scratch = mkdtempSync(path.join(os.tmpdir(), 'dualchain-mutants-'));

/** Runs test files, with a fault or without; the names of the tests that failed, and whether the run itself did. */
function run(files, mutant) {
  const report = path.join(scratch, `${mutant ?? 'none'}.json`);
  const args = ['--silent', '--runInBand', '--json', '--outputFile', report, ...files.map((file) => path.join(root, file))];
  return new Promise((resolve) => {
    const env = { ...process.env, FORCE_COLOR: '0', ...(mutant === undefined ? {} : { DUALCHAIN_MUTANT: mutant }) };
    const child = spawn(path.join(root, 'node_modules/.bin/jest'), args, { cwd: root, stdio: 'ignore', env });
    child.once('close', (status) => {
      const { testResults = [] } = read(report) ?? {};
      const failed = testResults.flatMap(({ assertionResults }) => assertionResults.filter((test) => test.status === 'failed').map(({ fullName }) => fullName));
      const passed = testResults.flatMap(({ assertionResults }) => assertionResults.filter((test) => test.status === 'passed')).length;
      const broken = testResults.filter(({ assertionResults }) => assertionResults.length === 0).length;
      resolve({ failed, passed, broken, status });
    });
  });
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** How often the text that a mutant replaces stands in its file. */
const places = ({ file, find }) => readFileSync(path.join(root, file), 'utf8').split(find).length - 1;

let bad = 0;
const tell = (good, { id, what }, how) => {
  if (!good) bad += 1;
  console.log(`${good ? 'caught ' : 'MISSED '} ${id.padEnd(22)} ${what}\n${' '.repeat(31)}${how}`);
};

try {
  const files = [...new Set(mutants.flatMap(({ caughtBy }) => caughtBy))];
  const sound = await run(files);
  if (sound.status !== 0 || sound.passed === 0) {
    console.error(`Without any fault, ${sound.failed.length} tests fail already: ${sound.failed.slice(0, 5).join('; ')}`);
    process.exitCode = 1;
  } else {
    console.log(`${sound.passed} tests of ${files.length} files pass without a fault; ${mutants.length} faults follow.\n`);
    const waiting = [...mutants];
    const lane = async () => {
      for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
        const found = places(mutant);
        if (found !== 1) {
          tell(false, mutant, `its text stands ${found} times in ${mutant.file}`);
          continue;
        }
        const { failed, broken } = await run(mutant.caughtBy, mutant.id);
        if (broken > 0) tell(false, mutant, 'the altered file does not compile or load, which proves nothing');
        else tell(failed.length > 0, mutant, failed.length === 0 ? `no test of ${mutant.caughtBy.join(', ')} fails` : `by "${failed[0]}"${failed.length === 1 ? '' : ` and ${failed.length - 1} more`}`);
      }
    };
    await Promise.all(Array.from({ length: Math.max(2, os.availableParallelism()) }, lane));
    console.log(`\n${mutants.length - bad} of ${mutants.length} faults caught`);
    process.exitCode = bad === 0 ? 0 : 1;
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
