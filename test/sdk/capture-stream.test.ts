import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { main } from '../../client/src/cli/main';
import type { DualchainError, StreamProgress } from '../../client/src';
import { eventHash, parseContext, writeEpcisXml } from '../../model/src';
import type { JsonObject } from '../../model/src';
import { EmbeddedNetwork } from '../../network/src/embedded';
import { root } from '../support/data';
import { withNetwork } from '../support/network';

const network = withNetwork('embedded');
const timeout = 120_000;
const context = 'https://ref.gs1.org/standards/epcis/epcis-context.jsonld';
let scratch: string;
beforeAll(() => {
  scratch = mkdtempSync(path.join(os.tmpdir(), 'dualchain-stream-'));
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const inScratch = (name: string) => path.join(scratch, name);
/** So large that a transaction takes about a hundred of them. */
const padded = (series: string, place: number, more: JsonObject = {}): JsonObject => ({
  type: 'ObjectEvent',
  action: 'OBSERVE',
  eventTime: new Date(Date.UTC(2026, 0, 3) + place * 1000).toISOString(),
  eventTimeZoneOffset: '+00:00',
  bizStep: 'inspecting',
  epcList: [`urn:epc:id:sgtin:9524002.000009.${series}${place}`],
  'rdfs:comment': 'x'.repeat(3_000),
  ...more,
});
const series = (name: string, count: number) => Array.from({ length: count }, (_, place) => padded(name, place));
const document = (events: readonly JsonObject[]): string => JSON.stringify({ '@context': context, type: 'EPCISDocument', schemaVersion: '2.0', creationDate: '2026-01-03T00:00:00Z', epcisBody: { eventList: events } });
const write = (name: string, text: string | Buffer) => (writeFileSync(inScratch(name), text), inScratch(name));
const idsOf = (events: readonly JsonObject[]) => events.map((event) => eventHash(event, parseContext(context)).id);

/** How often each event of the ledger was written by a transaction that counts. */
async function writesOfEvents(): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const { transactions } of await network.blocks('farm')) {
    for (const { valid, writes } of transactions) {
      for (const { key } of valid ? writes : []) {
        const [, type, id = ''] = key.split('\u0000');
        if (type === 'event') counts.set(id, (counts.get(id) ?? 0) + 1);
      }
    }
  }
  return counts;
}

async function expectOnce(events: readonly JsonObject[]): Promise<void> {
  const counts = await writesOfEvents();
  expect(idsOf(events).map((id) => counts.get(id))).toEqual(events.map(() => 1));
}

it('captures files, bytes and streams, in both syntaxes, and tells how far it is', async () => {
  const farm = await network.as('farm');
  const events = series('A', 450);
  const progress: StreamProgress[] = [];
  const batches: number[][] = [];
  const report = await farm.trace.captureStream(write('a.jsonld', document(events)), { onProgress: (step) => progress.push(step), onCaptured: (batch) => batches.push(batch.map(({ index }) => index)) });
  expect(report).toMatchObject({ total: 450, captured: 450, already: 0, refused: 0, refusedEvents: [] });
  expect(report.transactions).toBeGreaterThanOrEqual(3);
  expect(batches).toHaveLength(report.transactions);
  expect(batches.flat()).toEqual(events.map((_, index) => index));
  const { size } = statSync(inScratch('a.jsonld'));
  expect(progress.filter(({ phase }) => phase === 'checking').at(-1)).toMatchObject({ bytes: size, totalBytes: size, total: 450, captured: 0 });
  expect(progress.filter(({ phase }) => phase === 'capturing').map(({ captured }) => captured)).toEqual([0, ...batches.map((_, place) => batches.slice(0, place + 1).flat().length)]);
  await expectOnce(events);
  const xml = Buffer.from(writeEpcisXml(events, parseContext(context), { creationDate: '2026-01-03T00:00:00Z' }));
  for (const source of [xml, Readable.from([xml.subarray(0, 1000), xml.subarray(1000)]), write('a.xml', xml), Buffer.from(JSON.stringify(events))]) {
    expect(await farm.trace.captureStream(source)).toMatchObject({ total: 450, captured: 0, already: 450, transactions: report.transactions });
  }
}, timeout);

it('keeps the order of events that depend on each other, and refuses by their place in the input', async () => {
  const farm = await network.as('farm');
  const born = { action: 'ADD', bizStep: 'commissioning', epcList: ['urn:epc:id:sgtin:9524002.000009.BORN'] };
  const events = [padded('B', 0, born), { ...padded('B', 1), bizStep: 'dancing' }, ...series('B', 400).slice(2), padded('B', 400, { ...born, eventTime: '2026-01-04T00:00:00Z' }), padded('B', 401)];
  const file = write('b.jsonld', document(events));
  const before = await network.fingerprint();
  const refusal = await network.refused('farm', 'INVALID_EPCIS', () => farm.trace.captureStream(file));
  expect(refusal.details['problems']).toMatchObject([{ event: 1, path: '$.epcisBody.eventList[1].bizStep', rule: 'cbv.biz-step' }]);
  expect(await network.fingerprint()).toBe(before);
  const report = await farm.trace.captureStream(file, { mode: 'proceed', concurrency: 4 });
  expect(report).toMatchObject({ total: 402, captured: 400, refused: 2 });
  expect(report.refusedEvents).toMatchObject([{ index: 1, problems: [{ rule: 'cbv.biz-step' }] }, { index: 400, problems: [{ event: 400, path: '$.epcisBody.eventList[400].epcList', rule: 'trace.exists' }] }]);
  const good = events.map((event) => (event === events[1] ? padded('B', 1) : event));
  const error = (await farm.trace.captureStream(write('b-good.jsonld', document(good)), { checkpoint: inScratch('b.position') }).catch((reason: unknown) => reason)) as DualchainError;
  expect(error).toMatchObject({ code: 'INVALID_EPCIS', details: { problems: [{ event: 400, path: '$.epcisBody.eventList[400].epcList', rule: 'trace.exists' }], total: 402 } });
  expect(error.message).toMatch(/are on the ledger, all of those before event \d+/);
  const { captured, already, next } = error.details as Record<string, number>;
  expect([captured! + already!, captured]).toEqual([next, 1]);
  expect(next).toBeGreaterThan(200);
  expect(next).toBeLessThanOrEqual(400);
}, timeout);

it('goes on from its checkpoint, which belongs to one input, and does nothing once all is done', async () => {
  const farm = await network.as('farm');
  const checkpoint = inScratch('c.position');
  const events = series('C', 500);
  const file = write('c.jsonld', document(events));
  const controller = new AbortController();
  const aborted: unknown = await farm.trace.captureStream(file, { checkpoint, concurrency: 1, signal: controller.signal, onCaptured: () => controller.abort() }).catch((reason: unknown) => reason);
  expect(aborted).toMatchObject({ code: 'ABORTED', details: { total: 500 } });
  const { next } = JSON.parse(readFileSync(checkpoint, 'utf8')) as { next: number };
  expect(next).toBeGreaterThan(0);
  expect(next).toBeLessThan(500);
  expect((await network.refused('farm', 'INVALID_INPUT', () => farm.trace.captureStream(write('c-other.jsonld', document(series('C', 499))), { checkpoint }))).message).toContain('another input');
  expect((await network.refused('farm', 'INVALID_INPUT', () => farm.trace.captureStream(file, { checkpoint, mode: 'proceed' }))).message).toContain('mode "all"');
  const report = await farm.trace.captureStream(file, { checkpoint });
  expect(report).toMatchObject({ total: 500, refused: 0, resumedAt: next });
  expect(report.captured + report.already).toBe(500);
  await expectOnce(events);
  const height = await network.height('farm');
  expect(await farm.trace.captureStream(file, { checkpoint })).toEqual({ ...report, resumedAt: 500 });
  expect(await network.height('farm')).toBe(height);
  expect((await network.refused('farm', 'INVALID_INPUT', () => farm.trace.captureStream(file, { checkpoint: write('no.position', '{"next":1}') }))).message).toContain('not the position of a capture');
}, timeout);

const bad = document(series('D', 300));
it.each([
  ['cut off in an event', () => Buffer.from(bad.slice(0, -5_000)), 'json.syntax', /ends in the middle of an event/],
  ['not ended', () => Buffer.from(bad.slice(0, -1)), 'json.syntax', /cut off/],
  ['followed by something else', () => Buffer.from(`${bad} and more`), 'json.syntax', /not JSON/],
  ['not text in the middle', () => Buffer.concat([Buffer.from(bad.slice(0, 700_000)), Buffer.from([0xff]), Buffer.from(bad.slice(700_000))]), 'text.encoding', /at byte 700000;/],
  ['nested 10,000 deep in its last event', () => Buffer.from(bad.replace(/\]\}\}$/, `,{"a":${'['.repeat(10_000)}${']'.repeat(10_000)}}]}}`)), 'json.depth', /after 300 events/],
  ['with an event of nine megabytes', () => Buffer.from(bad.replace(/\]\}\}$/, `,{"a":"${'x'.repeat(9_000_000)}"}]}}`)), 'epcis.too-large', /longer than 8388608.*after 300 events/],
])('sends nothing of an input that is %s', async (_, bytes, rule, message) => {
  const farm = await network.as('farm');
  const before = await network.fingerprint();
  for (const mode of ['all', 'proceed'] as const) {
    const error = await network.refused('farm', 'INVALID_EPCIS', () => farm.trace.captureStream(Readable.from([bytes()]), { mode }));
    expect(error.details['problems']).toMatchObject([{ rule, message: expect.stringMatching(message) as string }]);
  }
  expect(await network.fingerprint()).toBe(before);
}, timeout);

/** `dualchain` as a process of its own. */
const program = path.join(root, 'client/dist/dualchain-cli.cjs');
const start = (...args: readonly string[]) => spawn(process.execPath, ['-e', 'require(process.argv[1]).main(process.argv.slice(2)).then((code) => { process.exitCode = code; })', program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
type Child = ReturnType<typeof start>;
const ended = (child: Child) => new Promise<{ code: number | null; output: string }>((resolve) => {
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.once('close', (code) => resolve({ code, output }));
});

it('captures every event exactly once although it is killed again and again', async () => {
  await promisify(execFile)(process.execPath, [path.join(root, 'scripts/dualchain.mjs'), 'capture', '--help']);
  if (!(network.network instanceof EmbeddedNetwork)) throw new Error('This test watches the ledger of the embedded engine.');
  const ledger = network.network.ledger(network.mspId('farm'));
  const events = series('K', 1_200);
  const file = write('k.jsonld', document(events));
  const args = ['capture', file, '--profile', network.network.profileDirectory('farm'), '--json'];
  const starts: number[] = [];
  // Right at a commit, before the process can have heard of it: the checkpoint is then behind the ledger.
  for (let kill = 0; kill < 3; kill += 1) {
    const child = start(...args, '--resume');
    const end = ended(child);
    let blocks = 1 + Math.floor(Math.random() * 3);
    const stop = ledger.onCommit(() => (blocks -= 1) === 0 && child.kill('SIGKILL'));
    expect((await end).code).toBeNull();
    stop();
    starts.push((JSON.parse(readFileSync(`${file}.capture`, 'utf8')) as { next: number }).next);
  }
  expect(starts).toEqual([...starts].sort((a, b) => a - b));
  const { code, output } = await ended(start(...args, '--resume'));
  expect(code).toBe(0);
  const report = JSON.parse(output) as { captured: number; already: number; total: number };
  expect(report).toMatchObject({ total: 1_200, refused: 0, resumedAt: starts.at(-1) });
  expect(report.captured + report.already).toBe(1_200);
  expect(existsSync(`${file}.capture`)).toBe(false);
  await expectOnce(events);
}, timeout);

it('is a command for people: a bar, what became of it, and an exit status', async () => {
  const profile = network.network.profileDirectory('farm');
  const run = async (...args: readonly string[]) => {
    const seen = { output: '', errors: '', lines: [] as string[] };
    const code = await main(args, { write: (text) => (seen.output += text), error: (text) => (seen.errors += text), progress: (line) => seen.lines.push(line), colour: false });
    return { code, ...seen };
  };
  const good = write('p.jsonld', document(series('P', 150)));
  const first = await run('capture', good, '--profile', profile);
  expect(first).toMatchObject({ code: 0, errors: '', output: `${good}: 150 events\n  150 captured in 2 transactions\n` });
  expect(first.lines).toEqual(expect.arrayContaining([expect.stringMatching(/^checking +█+ 100 % {2}150 events read$/), expect.stringMatching(/^capturing █+ 100 % {2}150 of 150 events$/)]) as unknown);
  expect(first.lines.at(-1)).toBe('');
  expect(existsSync(`${good}.capture`)).toBe(false);
  expect(await run('capture', good, '--profile', profile, '--resume')).toMatchObject({ code: 0, output: expect.stringContaining('150 on the ledger before') as string });
  const mixed = write('m.jsonld', document([padded('M', 0), { ...padded('M', 1), bizStep: 'dancing' }]));
  expect(await run('capture', mixed, '--profile', profile)).toMatchObject({ code: 2, output: '', errors: expect.stringMatching(/INVALID_EPCIS: \$\.epcisBody\.eventList\[1\]\.bizStep/) as string });
  expect(await run('capture', mixed, '--profile', profile, '--proceed')).toMatchObject({ code: 1, output: expect.stringMatching(/1 captured in 1 transaction\n {2}1 refused\n {4}event 1 {2}\$\.epcisBody\.eventList\[1\]\.bizStep {2}cbv\.biz-step/) as string });
  expect(await run('capture', inScratch('none.jsonld'), '--profile', profile)).toMatchObject({ code: 2, errors: expect.stringContaining('no such file') as string });
  expect(await run('capture', good, '--profile', profile, '--concurrency', '99')).toMatchObject({ code: 2, errors: expect.stringContaining('1 to 16') as string });
}, timeout);
