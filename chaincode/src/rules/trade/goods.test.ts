import type { EventLinks } from '@dualchain/model';
import { codeOf, shownBy } from '../testing/refusal';
import { requireShippedQuantities } from './goods';

const shipping = (...classes: EventLinks['classes']): EventLinks => ({ type: 'ObjectEvent', action: 'OBSERVE', time: '2026-03-01T08:00:00.000Z', bizStep: 'shipping', epcs: [], classes, inputs: [], outputs: [], inputQuantities: [], outputQuantities: [], bizTransactions: [], sources: [], destinations: [], subjects: classes.map(({ id }) => id) }) as EventLinks;
const kilos = (quantity: string, id = 'lot-1') => ({ id, quantity, uom: 'KGM' });
const line = (quantity: string, unit = 'KGM', lot = 'lot-1') => ({ lot, quantity, unit });
const check = (events: readonly EventLinks[], ...lines: readonly ReturnType<typeof line>[]) => () => requireShippedQuantities(events, lines);

test('a shipment carries at most what the shipping events say, to the millionth, and no figure is told', () => {
  expect(check([shipping(kilos('100'))], line('100'))).not.toThrow();
  expect(codeOf(check([shipping(kilos('100'))], line('100.000001')))).toBe('QUANTITY_EXCEEDED');
  expect(shownBy(() => requireShippedQuantities([shipping(kilos('100'))], [line('100.000001')]))).not.toContain('100');
});

test('events and lines of one lot are added up', () => {
  expect(check([shipping(kilos('60')), shipping(kilos('40'), kilos('9', 'lot-2'))], line('70'), line('30'))).not.toThrow();
  expect(codeOf(check([shipping(kilos('60')), shipping(kilos('40'), kilos('9', 'lot-2'))], line('70'), line('31')))).toBe('QUANTITY_EXCEEDED');
  expect(codeOf(check([shipping(kilos('60'), kilos('9', 'lot-2'))], line('60'), line('10', 'KGM', 'lot-2')))).toBe('QUANTITY_EXCEEDED');
});

test('what the events do not count in the unit of the line is not compared', () => {
  expect(check([shipping({ id: 'lot-1' })], line('5'))).not.toThrow();
  expect(check([shipping(kilos('1'))], line('5', 'EA'))).not.toThrow();
  expect(check([shipping(kilos('1')), shipping({ id: 'lot-1' })], line('5'))).not.toThrow();
});
