import { parseContext, parseEpcisDocument } from '@dualchain/model';
import { readSource } from './source';
import type { Weighed } from './split';
import { splitEvents, transactionLimits, weigh } from './split';

const item = (index: number, weight: number, identifiers = 1): Weighed => ({ index, path: `$[${index}]`, event: {}, weight, identifiers, subjects: [] });
const shape = (batches: readonly (readonly Weighed[])[]) => batches.map((batch) => batch.map(({ index }) => index));

it('cuts by count, weight and identifiers, keeps the order and leaves a heavy event alone', () => {
  const limits = { events: 3, weight: 100, identifiers: 10 };
  expect(shape(splitEvents([], limits))).toEqual([]);
  expect(shape(splitEvents([0, 1, 2, 3, 4, 5, 6].map((index) => item(index, 1)), limits))).toEqual([[0, 1, 2], [3, 4, 5], [6]]);
  expect(shape(splitEvents([item(0, 60), item(1, 40), item(2, 1), item(3, 500), item(4, 1)], limits))).toEqual([[0, 1], [2], [3], [4]]);
  expect(shape(splitEvents([item(0, 1, 6), item(1, 1, 4), item(2, 1, 1)], limits))).toEqual([[0, 1], [2]]);
});

it('weighs what an event adds to a transaction', () => {
  const event = (action: string, count: number) => ({ type: 'ObjectEvent', action, eventTime: '2026-01-01T00:00:00Z', eventTimeZoneOffset: '+00:00', epcList: Array.from({ length: count }, (_, serial) => `urn:epc:id:sgtin:9524002.000001.${serial}`) });
  const weightOf = (value: object) => weigh(parseEpcisDocument(value).events[0]!, parseContext(undefined), 0);
  expect(weightOf(event('OBSERVE', 100)).identifiers).toBe(100);
  expect(weightOf(event('OBSERVE', 100)).weight).toBeGreaterThan(weightOf(event('OBSERVE', 1)).weight + 99 * 200);
  expect(weightOf(event('ADD', 100)).weight).toBeGreaterThan(weightOf(event('OBSERVE', 100)).weight + 100 * 200);
  expect(splitEvents(Array.from({ length: 1000 }, (_, index) => ({ ...weightOf(event('OBSERVE', 1)), index }))).every((batch) => batch.length <= transactionLimits.events)).toBe(true);
});

it.each([
  ['a file that is not there', '/nowhere/at/all.jsonld', 'INVALID_INPUT', 'there is no such file'],
  ['a folder', __dirname, 'INVALID_INPUT', 'cannot be read'],
  ['a web address', new URL('https://example.com/a.jsonld'), 'INVALID_INPUT', 'fetch the document'],
  ['a stream of objects', (async function* () { yield await Promise.resolve({}); })(), 'INVALID_INPUT', 'bytes or text'],
  ['an endless stream', (async function* () { for (;;) yield await Promise.resolve(Buffer.alloc(1024 * 1024)); })(), 'TOO_LARGE', 'split the document'],
])('refuses %s', async (_, source, code, text) => {
  await expect(readSource(source)).rejects.toMatchObject({ name: 'DualchainError', code, message: expect.stringContaining(text) });
});
