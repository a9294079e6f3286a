import { toWire, typed } from './typed';
import { rangeOf, termsOf } from './objects';

it('reads times and money, and leaves raw documents and all else alone', () => {
  const wire = { id: 'C-1', dueDate: '2026-11-24T08:00:00.000Z', face: '100000000', at: '2026-01-01T00:00:00.000Z', rateBps: 450, from: 'BankMSP', root: '123', event: { amount: '5', at: 'x' }, lines: [{ unitPrice: '250', quantity: '12.5' }], assignments: [{ notifiedAt: '2026-01-02T00:00:00.000Z' }], format: '2026', what: '7' };
  expect(typed(wire)).toEqual({ ...wire, dueDate: new Date(wire.dueDate), face: 100_000_000n, at: new Date(wire.at), lines: [{ unitPrice: 250n, quantity: '12.5' }], assignments: [{ notifiedAt: new Date('2026-01-02T00:00:00.000Z') }] });
});

it('writes what it reads', () => {
  const value = { expiresAt: new Date('2026-11-24T08:00:00.000Z'), lines: [{ unitPrice: 250n, quantity: '1' }], note: undefined };
  expect(toWire(value)).toEqual({ expiresAt: '2026-11-24T08:00:00.000Z', lines: [{ unitPrice: '250', quantity: '1' }] });
  expect(toWire(new Date(Number.NaN))).toBe('Invalid Date');
  const polluted = JSON.parse('{"__proto__":{"admin":true}}') as object;
  expect(Object.hasOwn(toWire(polluted) as object, '__proto__')).toBe(true);
});

it('opens sealed records without what binds them, and counts the units of a range', () => {
  const record = { type: 'invoice', id: 'I-1', salt: 'ab', total: '500', currency: 'CNY' };
  expect(termsOf({ 'invoice:I-1': record }, 'invoice')).toEqual({ total: 500n, currency: 'CNY' });
  expect(termsOf({}, 'invoice')).toBeUndefined();
  expect(rangeOf({ type: 'holding', id: 'H-1', salt: 'ab', from: '1', to: '100000000' })).toEqual({ from: 1n, to: 100_000_000n, amount: 100_000_000n });
  expect(rangeOf(undefined)).toBeUndefined();
});
