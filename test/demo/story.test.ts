import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startDevelopmentNetwork } from '../../scenarios/src/demo/development-network';
import { Screen, WIDTH } from '../../scenarios/src/demo/screen';
import { runStoryDemo } from '../../scenarios/src/demo/story-demo';
import { certificateAttempts, chapters, collusionAttempts, invoiceAttempts, payoutAttempts, quoteAttempts, recallAttempts } from '../../scenarios/src/play';
import { root } from '../support/data';

const MINUTE = 60_000;
let scratch: string;

beforeAll(() => {
  scratch = mkdtempSync(path.join(os.tmpdir(), 'dualchain-story-'));
});

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

test('the story is told to its end: every step, every refusal, everything accounted for', async () => {
  let text = '';
  const screen = new Screen({ write: (part) => (text += part) });
  await using network = await startDevelopmentNetwork(screen, { root, directory: path.join(scratch, 'story'), ports: 'ephemeral' });
  await runStoryDemo(screen, network, { tenorSeconds: 40 });
  const lines = text.split('\n');
  expect(lines.filter((line) => line.length > WIDTH)).toEqual([]);
  expect(text).not.toContain('\u001b');
  expect(text).toContain('no production ledger');
  for (const { title } of chapters) expect(lines.some((line) => line.endsWith(` ${title}`))).toBe(true);
  for (const { title, expected } of [invoiceAttempts, certificateAttempts, quoteAttempts, payoutAttempts, recallAttempts, collusionAttempts].flat()) {
    const index = lines.findIndex((line) => line.includes(title) && line.includes('✗'));
    expect(expected.some((code) => lines[index + 1]?.startsWith(`     refused: ${code}`))).toBe(true);
  }
  expect(text).toContain('└─ made of fresh pepper');
  expect(text).toMatch(/units +60,000,001 to 100,000,000 +60,000,001 to 100,000,000 +sealed/);
  expect(text).toMatch(/yearly rate +4\.20 % +4\.20 % +sealed +sealed/);
  expect(text).toMatch(/paid in CNY 1,000,000\.00, paid out CNY 1,000,000\.00/);
  expect(text).toContain('every unit accounted for');
  expect(text).not.toContain('broken');
}, 2 * MINUTE);
