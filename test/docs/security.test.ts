import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { InvoiceTerms } from '../../model/src';
import { fingerprintsOf } from '../../chaincode/src/rules/trade/fingerprint';

const root = path.resolve(__dirname, '../..');
// Each command is a process of its own.
jest.setTimeout(60_000);
const text = readFileSync(path.join(root, 'SECURITY.md'), 'utf8');
const shown = [...text.matchAll(/`([^`]+\.ts)` › ([^;|]+)/g)].map(([, file = '', title = '']) => [file, title.trim()] as const);

test('every threat names a test', () => {
  const section = text.split('## Who attacks')[1]?.split('\n## ')[0] ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('| ')).slice(1);
  expect(rows.length).toBeGreaterThan(20);
  expect(rows.filter((line) => !/`[^`]+\.ts` › /.test(line))).toEqual([]);
});

test.each(shown)('%s has the test: %s', (file, title) => {
  expect(existsSync(path.join(root, file))).toBe(true);
  expect(readFileSync(path.join(root, file), 'utf8')).toContain(title);
});

test('the cost of a guess is measured on the digest that the chaincode makes', async () => {
  const [command = ''] = /```\n(node [^\n]+)\n```/.exec(text)?.slice(1) ?? [];
  const output = execFileSync(process.execPath, command.split(' ').slice(1), { cwd: root, encoding: 'utf8' });
  const terms = { number: 'any', issueDate: '2026-01-15', currency: 'CNY', lines: [], total: '10000000' } as InvoiceTerms;
  const digest = (await fingerprintsOf('BrandMSP', 'ProcessorMSP', terms)).find(({ kind }) => kind === 'date-amount')!.digest;
  expect(output).toMatch(new RegExp(`^guess for 2026-01-15 and 10000000: ${digest}\\none guess: [0-9.]+ ms and 8 MiB `));
});

test('documents that SECURITY.md points to are there', () => {
  const links = [...text.matchAll(/\]\(([^)#]+)\)/g)].map(([, target = '']) => target).filter((target) => !target.includes('://'));
  expect(links.length).toBeGreaterThan(0);
  expect(links.filter((target) => !existsSync(path.join(root, target)))).toEqual([]);
});
