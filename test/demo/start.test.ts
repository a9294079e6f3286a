import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { root } from '../support/data';

const MINUTE = 60_000;
let scratch: string;
/** What `npm start` does once the chaincode is bundled, which the whole run shares. */
let script: string;

beforeAll(() => {
  scratch = mkdtempSync(path.join(os.tmpdir(), 'dualchain-start-'));
  script = path.join(scratch, 'start.mjs');
  const bundler = path.join(root, 'scripts/bundle-app.mjs');
  writeFileSync(
    script,
    `import { createRequire } from 'node:module';
import { bundleApp, root } from ${JSON.stringify(bundler)};
import { stop } from ${JSON.stringify(path.join(root, 'node_modules/esbuild/lib/main.js'))};
const demo = await bundleApp('scenarios/src/demo/main.ts', 'scenarios/dist/demo-under-test.cjs');
await stop();
await createRequire(import.meta.url)(demo).main(process.argv.slice(2), root);
`,
  );
});

afterAll(() => {
  rmSync(scratch, { recursive: true, force: true });
  rmSync(path.join(root, 'scenarios/dist/demo-under-test.cjs'), { force: true });
});

interface Run {
  readonly status: number | null;
  readonly output: string;
  readonly errors: string;
  /** What the run left in its folder for temporary files. */
  readonly left: readonly string[];
}

/** Runs `npm start` with a folder of its own for temporary files; `watch` sees the output grow. */
async function start(args: readonly string[], watch: (child: ChildProcess, output: string) => void = () => undefined): Promise<Run> {
  const temporary = mkdtempSync(path.join(scratch, 'tmp-'));
  const child = spawn(process.execPath, [script, ...args], { cwd: root, env: { ...process.env, TMPDIR: temporary }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    watch(child, output);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const status = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { status, output, errors, left: readdirSync(temporary) };
}

test('your own events: all captured ends with 0, one refused with 2 and the reason', async () => {
  const document = JSON.parse(readFileSync(path.join(root, 'scenarios/chongqing/epcis/01-farm-harvest-and-drying.jsonld'), 'utf8')) as { epcisBody: { eventList: Record<string, unknown>[] } };
  const good = path.join(scratch, 'good.jsonld');
  writeFileSync(good, JSON.stringify(document));
  const all = await start(['--epcis', good]);
  expect({ status: all.status, errors: all.errors, left: all.left }).toEqual({ status: 0, errors: '', left: [] });
  expect(all.output).toContain('captured 4 of 4 events');
  expect(all.output).toMatch(/DRY-0827\n +├─ made of .*JJ-2025-0818-A\n +└─ made of .*JJ-2025-0818-B\n/);

  document.epcisBody.eventList[1]!['bizStep'] = 'growing';
  const bad = path.join(scratch, 'bad.jsonld');
  writeFileSync(bad, JSON.stringify(document));
  const some = await start(['--epcis', bad]);
  expect({ status: some.status, left: some.left }).toEqual({ status: 2, left: [] });
  expect(some.output).toContain('captured 3 of 4 events');
  expect(some.output).toMatch(/event 1 +\$\.epcisBody\.eventList\[1\]\.bizStep +cbv\.biz-step/);
}, 2 * MINUTE);

test('bad input is one clear error, and nothing is started for it', async () => {
  const broken = path.join(scratch, 'broken.json');
  writeFileSync(broken, '{"type":');
  for (const [args, named] of [
    [['--epcis', path.join(scratch, 'absent.json')], 'absent.json'],
    [['--epcis', broken], 'broken.json'],
    [['--frobnicate'], '--frobnicate'],
  ] as const) {
    const { status, output, errors, left } = await start(args);
    expect({ status, output, left }).toEqual({ status: 2, output: '', left: [] });
    expect(errors.trim().split('\n')).toHaveLength(1);
    expect(errors).toContain(named);
  }
}, MINUTE);

test.each([
  ['while the network starts', 'Development network'],
  ['in the middle of the story', 'hands shipment'],
])('Ctrl-C %s ends everything', async (_, moment) => {
  let interrupted = false;
  const { status, errors, left } = await start([], (child, output) => {
    if (interrupted || !output.includes(moment)) return;
    interrupted = true;
    child.kill('SIGINT');
  });
  expect({ interrupted, status, errors, left }).toEqual({ interrupted: true, status: 130, errors: '', left: [] });
}, MINUTE);
