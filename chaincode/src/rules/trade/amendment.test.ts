import type { ChannelPolicy, OrderQuantities, OrderTerms } from '@dualchain/model';
import * as fc from 'fast-check';
import { later, msp, now } from '../testing/claims';
import { codeOf, shownBy } from '../testing/refusal';
import { delivered, orderIn, orderTerms, untouched } from '../testing/trade';
import { acceptAmendment, acceptCancellation, endOrderChange, proposeAmendment, proposeCancellation } from './amendment';

const policy = { currencies: ['CNY', 'EUR'] } as unknown as ChannelPolicy;
const offer = { id: 'tx-2', expiresAt: later, at: now };
const [first, second] = orderTerms.lines as [OrderTerms['lines'][number], OrderTerms['lines'][number]];
const lines = (...list: OrderTerms['lines']): OrderTerms => ({ ...orderTerms, lines: list });
const propose = (terms: OrderTerms, quantities: OrderQuantities = delivered) => proposeAmendment(orderIn('accepted'), terms, quantities, policy, offer, msp.supplier);

test('a proposal locks the order, names both sides and remembers what the order was', () => {
  expect(propose(orderTerms)).toEqual({ ...orderIn('accepted'), state: 'amendment proposed', proposal: { id: 'tx-2', kind: 'amendment', proposer: msp.supplier, receiver: msp.obligor, prior: 'accepted', proposedAt: now, expiresAt: later } });
  expect(codeOf(() => proposeAmendment(orderIn('accepted'), orderTerms, delivered, policy, { ...offer, at: later }, msp.obligor))).toBe('EXPIRED');
  expect(codeOf(() => propose({ ...orderTerms, currency: 'USD' }))).toBe('INVALID_INPUT');
});

test('what was shipped or invoiced stays covered, to the smallest quantity', () => {
  propose(lines({ ...first, quantity: '100', unitPrice: '1' }));
  propose(lines(first, { ...second, gtin: '09524002500036', unit: 'KGM' }, { ...second, line: 3 }));
  expect(codeOf(() => propose(lines({ ...first, quantity: '99.999999' }, second)))).toBe('QUANTITY_EXCEEDED');
  expect(shownBy(() => propose(lines({ ...first, quantity: '99.999999' }, second)))).not.toMatch(/99|100/);
  expect(codeOf(() => propose(lines({ ...first, gtin: second.gtin })))).toBe('INVALID_INPUT');
  expect(codeOf(() => propose(lines({ ...first, unit: 'EA' })))).toBe('INVALID_INPUT');
  expect(codeOf(() => propose(lines(second)))).toBe('INVALID_INPUT');
  const back: OrderQuantities = { lines: delivered.lines.map((line) => (line.line === 1 ? { ...line, returned: '60', accepted: '40' } : line)) };
  propose(lines({ ...first, quantity: '40' }), back);
  expect(codeOf(() => propose(lines({ ...first, quantity: '39' }), back))).toBe('QUANTITY_EXCEEDED');
  const billed: OrderQuantities = { lines: back.lines.map((line) => (line.line === 1 ? { ...line, invoiced: '50' } : line)) };
  expect(codeOf(() => propose(lines({ ...first, quantity: '49' }), billed))).toBe('QUANTITY_EXCEEDED');
});

test('accepted terms count with the progress so far, in the next version', () => {
  const terms = lines({ ...first, quantity: '120' }, { ...second, line: 7, quantity: '5' });
  const { order, quantities } = acceptAmendment(orderIn('amendment proposed'), terms, orderTerms, delivered, msp.supplier, now);
  const { root: _replaced, ...standing } = orderIn('accepted');
  expect(order).toEqual({ ...standing, version: 2 });
  expect(quantities.lines).toEqual([{ ...delivered.lines[0], ordered: '120' }, { ...delivered.lines[1], line: 7, ordered: '5' }]);
  expect(codeOf(() => acceptAmendment(orderIn('amendment proposed'), terms, orderTerms, delivered, msp.supplier, later))).toBe('EXPIRED');
});

test('the currency of an invoiced order stays', () => {
  const euro = { ...orderTerms, currency: 'EUR' };
  const billed: OrderQuantities = { lines: delivered.lines.map((line) => ({ ...line, invoiced: line.line === 1 ? '1' : '0' })) };
  acceptAmendment(orderIn('amendment proposed'), euro, orderTerms, delivered, msp.supplier, now);
  expect(codeOf(() => acceptAmendment(orderIn('amendment proposed'), euro, orderTerms, billed, msp.supplier, now))).toBe('WRONG_STATE');
});

test('only an order of which nothing is out and nothing invoiced is cancelled', () => {
  const refused: OrderQuantities = { lines: untouched.lines.map((line) => ({ ...line, shipped: '5', returned: '5' })) };
  for (const quantities of [untouched, refused]) {
    expect(proposeCancellation(orderIn('accepted'), quantities, offer, msp.obligor).state).toBe('cancellation proposed');
    const { proposal: _accepted, ...rest } = orderIn('cancellation proposed');
    expect(acceptCancellation(orderIn('cancellation proposed'), quantities, msp.supplier, now)).toEqual({ ...rest, state: 'cancelled' });
  }
  const billed: OrderQuantities = { lines: untouched.lines.map((line) => ({ ...line, invoiced: '1' })) };
  for (const quantities of [delivered, billed]) {
    expect(codeOf(() => proposeCancellation(orderIn('accepted'), quantities, offer, msp.obligor))).toBe('WRONG_STATE');
    expect(codeOf(() => acceptCancellation(orderIn('cancellation proposed'), quantities, msp.supplier, now))).toBe('WRONG_STATE');
  }
  expect(codeOf(() => acceptCancellation(orderIn('cancellation proposed'), untouched, msp.supplier, later))).toBe('EXPIRED');
});

test('refuse, withdraw and expire restore exactly what was before; at every moment a change can be accepted or expired, never both', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), fc.integer({ min: 1, max: 900 }), fc.boolean(), (offset, version, cancelling) => {
      const before = orderIn('accepted', { version });
      const after = cancelling ? proposeCancellation(before, untouched, offer, msp.obligor) : proposeAmendment(before, orderTerms, untouched, policy, offer, msp.obligor);
      const at = new Date(Date.parse(later) + offset).toISOString();
      const accept = () => (cancelling ? acceptCancellation(after, untouched, msp.supplier, at).state : acceptAmendment(after, orderTerms, orderTerms, untouched, msp.supplier, at).order.state);
      expect(endOrderChange(after, 'refuseOrderChange', msp.supplier, at)).toEqual(before);
      expect(endOrderChange(after, 'withdrawOrderChange', msp.obligor, at)).toEqual(before);
      if (offset < 0) {
        expect(accept()).toBe(cancelling ? 'cancelled' : 'accepted');
        expect(codeOf(() => endOrderChange(after, 'expireOrderChange', msp.stranger, at))).toBe('NOT_YET');
      } else {
        expect(codeOf(accept)).toBe('EXPIRED');
        expect(endOrderChange(after, 'expireOrderChange', msp.stranger, at)).toEqual(before);
      }
    }),
  );
});
