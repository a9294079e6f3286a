import type { EventLinks, Stock } from '@dualchain/model';
import { parseQuantity } from '@dualchain/model';
import fc from 'fast-check';
import { codeOf, shownBy } from '../testing/refusal';
import { depositIdOf, giveBack, openStock, takeFrom } from './stock';

const links = (change: Partial<EventLinks> = {}): EventLinks => ({ type: 'ObjectEvent', action: 'OBSERVE', time: '2026-03-01T08:00:00.000Z', bizStep: 'receiving', epcs: [], classes: [{ id: 'lot-1', quantity: '100.5', uom: 'KGM' }], inputs: [], outputs: [], inputQuantities: [], outputQuantities: [], bizTransactions: [], sources: [], destinations: [], subjects: ['lot-1'], ...change }) as EventLinks;
const opened = (change: Partial<EventLinks> = {}): Stock => openStock(links(change), 'lot-1', 'StoreMSP', 'OwnerMSP');

test('a receiving event brings what it says of the lot, in one unit', () => {
  expect(opened()).toEqual({ warehouse: 'StoreMSP', depositor: 'OwnerMSP', lot: 'lot-1', unit: 'KGM', received: '100.5', receipted: '0' });
  expect(opened({ classes: [{ id: 'lot-1', quantity: '1', uom: 'KGM' }, { id: 'lot-2', quantity: '7', uom: 'KGM' }, { id: 'lot-1', quantity: '0.25', uom: 'KGM' }] })).toMatchObject({ received: '1.25' });
  expect(opened({ classes: [{ id: 'lot-1', quantity: '12' }] })).toMatchObject({ received: '12', unit: 'EA' });
  expect(opened({ classes: [], epcs: ['lot-1'] })).toMatchObject({ received: '1', unit: 'EA' });
});

test.each([
  ['another step', { bizStep: 'shipping' }],
  ['goods that go', { action: 'DELETE' as const }],
  ['another lot', { classes: [{ id: 'lot-2', quantity: '1', uom: 'KGM' }] }],
  ['an unknown quantity', { classes: [{ id: 'lot-1', uom: 'KGM' }] }],
  ['two units', { classes: [{ id: 'lot-1', quantity: '1', uom: 'KGM' }, { id: 'lot-1', quantity: '1', uom: 'LTR' }] }],
  ['more than six decimals', { classes: [{ id: 'lot-1', quantity: '0.0000001', uom: 'KGM' }] }],
])('%s brings nothing into store', (_, change) => expect(codeOf(() => opened(change))).toBe('EVIDENCE_MISSING'));

test('goods cannot come before they left', () => expect(codeOf(() => openStock(links(), 'lot-1', 'S', 'O', '2026-03-01T08:00:00.001Z'))).toBe('EVIDENCE_MISSING'));

test('receipts take no more than came, to the millionth, and no figure is told', () => {
  const all = takeFrom(opened(), '100.5', 'KGM');
  expect(all.receipted).toBe('100.5');
  expect(codeOf(() => takeFrom(all, '0.000001', 'KGM'))).toBe('QUANTITY_EXCEEDED');
  expect(shownBy(() => takeFrom(all, '0.000001', 'KGM'))).not.toContain('100.5');
  expect(codeOf(() => takeFrom(opened(), '1', 'EA'))).toBe('INVALID_INPUT');
  expect(codeOf(() => takeFrom(opened(), '0', 'KGM'))).toBe('INVALID_INPUT');
  expect(codeOf(() => giveBack(opened(), '1'))).toBe('NOT_GENUINE');
});

test('whatever is taken and given back in any order, what is receipted is what stands, and never more than came', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 40_000_000 }), fc.boolean()), { maxLength: 30 }), (steps) => {
      let stock = opened();
      const standing: string[] = [];
      for (const [millionths, back] of steps) {
        const text = `${Math.floor(millionths / 1_000_000)}.${String(millionths % 1_000_000).padStart(6, '0')}`;
        if (back && standing.length > 0) stock = giveBack(stock, standing.pop() ?? '0');
        else {
          try {
            stock = takeFrom(stock, text, 'KGM');
            standing.push(text);
          } catch {
            expect(parseQuantity(stock.receipted) + parseQuantity(text)).toBeGreaterThan(parseQuantity('100.5'));
          }
        }
        expect(parseQuantity(stock.receipted)).toBe(standing.reduce((sum, each) => sum + parseQuantity(each), 0n));
        expect(parseQuantity(stock.receipted)).toBeLessThanOrEqual(parseQuantity('100.5'));
      }
    }),
  );
});

test('a delivery is one event of one lot', () => {
  expect(depositIdOf('e-1', 'lot-1')).not.toBe(depositIdOf('e-1', 'lot-2'));
  expect(depositIdOf('e-1', 'lot-1')).toBe(depositIdOf('e-1', 'lot-1'));
});
