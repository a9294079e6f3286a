import { DualchainError, MAX_INTERNAL_EVENTS } from '@dualchain/model';
import type { EventLinks } from '@dualchain/model';
import { problemsInInput } from './in-terms-of-input';
import { readSealedInput, refusedEvents, splitSealed } from './sealed-input';
import type { SealedItem } from './sealed-input';

const item = (index: number, eventId = `hash ${index}`, identifiers = 1): SealedItem => ({ index, path: `$[${index}]`, event: {}, weight: 1, identifiers, subjects: [], eventId, links: {} as EventLinks });
const shape = (batches: readonly (readonly SealedItem[])[]) => batches.map((batch) => batch.map(({ index }) => index));

it('cuts by number and identifiers, and never puts an event and its declaration into one transaction', () => {
  const limits = { events: 3, identifiers: 10 };
  expect(shape(splitSealed([], limits))).toEqual([]);
  expect(shape(splitSealed([0, 1, 2, 3].map((index) => item(index)), limits))).toEqual([[0, 1, 2], [3]]);
  expect(shape(splitSealed([item(0, 'a', 6), item(1, 'b', 5)], limits))).toEqual([[0], [1]]);
  expect(shape(splitSealed([item(0, 'a'), item(1, 'b'), item(2, 'a'), item(3, 'c')], limits))).toEqual([[0, 1], [2, 3]]);
  expect(splitSealed(Array.from({ length: MAX_INTERNAL_EVENTS + 1 }, (_, index) => item(index)), { events: MAX_INTERNAL_EVENTS, identifiers: 4_000 }).map((batch) => batch.length)).toEqual([MAX_INTERNAL_EVENTS, 1]);
});

it('refuses an event with more identifiers than fit under seal, as a whole or for itself', async () => {
  const event = (count: number) => ({ type: 'ObjectEvent', action: 'OBSERVE', eventTime: '2026-01-01T00:00:00Z', eventTimeZoneOffset: '+00:00', bizStep: 'storing', epcList: Array.from({ length: count }, (_, serial) => `urn:epc:id:sgtin:9524002.000001.${serial}`) });
  await expect(readSealedInput([event(1), event(3)], 'all', 2)).rejects.toMatchObject({ code: 'INVALID_EPCIS', details: { problems: [{ event: 1, rule: 'capture.event-size' }] } });
  expect(await readSealedInput([event(1), event(3)], 'proceed', 2)).toMatchObject({ total: 2, good: [{ index: 0, eventId: expect.stringMatching(/^ni:/) as unknown }], refused: [{ index: 1 }] });
});

it('tells what the ledger refused in terms of the input', () => {
  const error = new DualchainError('INVALID_EPCIS', 'no', { details: { problems: [{ event: 1, path: '$.readPoint', rule: 'trace.place', message: 'no' }] } });
  const problems = problemsInInput(error, [item(4), item(7)]);
  expect(problems).toMatchObject([{ event: 7, rule: 'trace.place' }]);
  expect(problems?.[0]?.path).toContain('[7]');
  expect(refusedEvents(problems!)).toEqual([{ index: 7, problems }]);
  expect(problemsInInput(new DualchainError('NOT_A_MEMBER', 'no'), [])).toBeUndefined();
});
