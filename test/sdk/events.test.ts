import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { DualchainEvent, LedgerBlock } from '../../client/src';
import { withNetwork } from '../support/network';

const network = withNetwork('embedded');
const expiresAt = new Date(Date.now() + 30 * 24 * 60 * 60 * 1000);
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'checkpoint-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function issue(...ids: string[]): Promise<void> {
  const brand = await network.as('brand');
  for (const orderId of ids) await brand.orders.issueOrder({ orderId, supplier: 'ProcessorMSP', expiresAt, currency: 'CNY', matchPolicy: 'three-way', lines: [{ line: 1, gtin: '09524002000017', quantity: '1', unit: 'KGM', unitPrice: 100n }] });
}

/** Reads so many events, as a consumer that is then gone. */
async function take(count: number, checkpoint: string): Promise<DualchainEvent[]> {
  const events: DualchainEvent[] = [];
  for await (const event of (await network.as('farm')).events.stream({ from: 'earliest', checkpoint })) {
    events.push(event);
    if (events.length === count) break;
  }
  return events;
}

it('tells each event once over the lives of a consumer, the unfinished one again', async () => {
  const checkpoint = path.join(folder, 'deep', 'farm.checkpoint');
  await issue('E-1', 'E-2', 'E-3');
  const first = await take(3, checkpoint);
  expect(first.map(({ verb, ids }) => [verb, ids['order']])).toEqual([['bootstrap', undefined], ['issueOrder', 'E-1'], ['issueOrder', 'E-2']]);
  expect(first[1]).toMatchObject({ contract: 'trade', from: null, to: 'issued', at: expect.any(Date), transactionId: expect.stringMatching(/^[0-9a-f]{64}$/) });
  expect(JSON.parse(readFileSync(checkpoint, 'utf8'))).toEqual({ blockNumber: String(first[1]!.blockNumber), transactionId: first[1]!.transactionId });
  // E-2 was handed out, but the consumer stopped before it asked for more: it meets E-2 again.
  expect((await take(2, checkpoint)).map(({ ids }) => ids['order'])).toEqual(['E-2', 'E-3']);
});

it('begins with what commits after the call', async () => {
  const stop = new AbortController();
  const stream = (await network.as('processor')).events.stream({}, { signal: stop.signal });
  const next = stream.next();
  const orders: unknown[] = [];
  await issue('E-4');
  for (let event = await next; event.done !== true; event = await stream.next()) {
    orders.push(event.value.ids['order']);
    if (orders.length === 1) await issue('E-5');
    else stop.abort();
  }
  expect(orders).toEqual(['E-4', 'E-5']);
});

it('gives the ledger block by block: linked, intact, with the own private data alone', async () => {
  const read = async (slug: 'brand' | 'bank'): Promise<LedgerBlock[]> => {
    const blocks: LedgerBlock[] = [];
    for await (const block of (await network.as(slug)).events.blocks({ to: 'latest' })) blocks.push(block);
    return blocks;
  };
  const [own, foreign] = [await read('brand'), await read('bank')];
  expect(own.map(({ number }) => number)).toEqual(own.map((_, index) => BigInt(index)));
  own.forEach((block, index) => {
    expect(block.intact).toBe(true);
    if (index > 0) expect(block.previousHash).toBe(own[index - 1]!.hash);
  });
  const orders = (blocks: readonly LedgerBlock[]) => blocks.flatMap(({ transactions }) => transactions).filter(({ args }) => args[0]?.toString() === 'trade:issueOrder');
  const [first] = orders(own);
  expect(first).toMatchObject({ valid: true, code: 'VALID', creator: 'BrandMSP', chaincode: 'dualchain', event: { name: 'issueOrder' } });
  expect([...first!.endorsers].sort()).toEqual(['BrandMSP', 'ProcessorMSP']);
  expect(first!.privateWrites.some(({ collection, key }) => collection === '_implicit_org_BrandMSP' && key === 'order:E-1')).toBe(true);
  expect(new Set(first!.privateWrites.map(({ collection }) => collection))).toEqual(new Set(['_implicit_org_BrandMSP']));
  expect(orders(foreign).every(({ privateWrites }) => privateWrites.length === 0)).toBe(true);
  expect(orders(foreign)[0]!.hashedWrites.length).toBe(first!.hashedWrites.length);
});

it('refuses a checkpoint that is none', async () => {
  const farm = await network.as('farm');
  await network.refused('farm', 'INVALID_INPUT', () => farm.events.stream({ checkpoint: path.join(__dirname, 'events.test.ts') }).next());
});
