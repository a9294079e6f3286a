import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { errorCatalogue, keyTable, recordTable, stateTables, verbs } from '../../model/src';

const root = path.resolve(__dirname, '../..');
// Each command is a process of its own.
jest.setTimeout(60_000);
const pages = ['README.md', 'errors.md', 'keys.md', 'records.md', 'states.md', 'verbs.md'];
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'dualchain-docs-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** As `npm run docs -- …` runs it. */
function docs(...args: readonly string[]): Promise<{ status: number; output: string; errors: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [path.join(root, 'scripts/docs.mjs'), ...args, '--into', folder], { cwd: root }, (error, output, errors) => resolve({ status: error === null ? 0 : Number(error.code), output, errors }));
  });
}

const read = (name: string) => readFileSync(path.join(folder, name), 'utf8');

test('everything that the code offers is in the reference', async () => {
  expect(await docs()).toMatchObject({ status: 0, errors: '' });
  expect(readdirSync(folder).sort()).toEqual(pages);
  const wanted: Record<string, readonly string[]> = {
    'errors.md': Object.keys(errorCatalogue),
    'keys.md': Object.entries(keyTable).map(([type, { attributes }]) => [type, ...attributes].join(' / ')),
    'records.md': Object.keys(recordTable),
    'verbs.md': Object.values(verbs).flatMap((contract) => Object.keys(contract)),
    'states.md': stateTables.flatMap(({ transitions }) => transitions.map(({ verb }) => verb)),
  };
  for (const [name, words] of Object.entries(wanted)) expect({ name, missing: words.filter((word) => !read(name).includes(`| \`${word}\``)) }).toEqual({ name, missing: [] });
});

test('each state table is a diagram with one arrow for every way from state to state', async () => {
  await docs();
  const diagrams = [...read('states.md').matchAll(/```mermaid\nstateDiagram-v2\n([^`]*)```/g)].map(([, text = '']) => text.split('\n').map((line) => line.trim()));
  expect(diagrams).toHaveLength(stateTables.length);
  for (const [position, { object, transitions }] of stateTables.entries()) {
    const lines = diagrams[position] ?? [];
    const alias = (state: string | null) => (state === null ? '[*]' : (/^state ".*" as (\w+)$/.exec(lines.find((line) => line.startsWith(`state "${state}" as `)) ?? '')?.[1] ?? `no alias of ${state}`));
    const ways = transitions.flatMap(({ from, verb, to, or = [] }) => from.flatMap((start) => [to, ...or].map((end) => ({ arrow: `${alias(start)} --> ${alias(end)} : `, verb }))));
    for (const { arrow, verb } of ways) {
      const drawn = lines.filter((line) => line.startsWith(arrow));
      expect({ object, arrow, drawn: drawn.length }).toEqual({ object, arrow, drawn: 1 });
      expect(drawn[0]?.slice(arrow.length).split(', ')).toContain(verb);
    }
  }
});

test('--check tells what is stale, missing or too much, and writes nothing', async () => {
  await docs();
  expect(await docs('--check')).toEqual({ status: 0, output: '', errors: '' });
  writeFileSync(path.join(folder, 'errors.md'), `${read('errors.md')}An old line.\n`);
  rmSync(path.join(folder, 'keys.md'));
  writeFileSync(path.join(folder, 'removed.md'), 'A page of a table that is gone.\n');
  const { status, output, errors } = await docs('--check');
  expect({ status, output }).toEqual({ status: 1, output: '' });
  expect(errors.trim().split('\n').map((line) => path.basename(line.split(' ')[0] ?? '')).sort()).toEqual(['errors.md', 'keys.md', 'removed.md']);
  expect(read('errors.md')).toContain('An old line.');
  await docs();
  expect(await docs('--check')).toMatchObject({ status: 0 });
});

test('a wrong option is one clear line', async () => {
  const { status, output, errors } = await docs('--frobnicate');
  expect({ status, output, lines: errors.trim().split('\n').length }).toEqual({ status: 2, output: '', lines: 1 });
  expect(errors).toContain('--frobnicate');
});
