import type { InvoiceTerms, OrderQuantities, OrderTerms } from '@dualchain/model';
import { codeOf, shownBy } from '../testing/refusal';
import { delivered, invoiceTerms, orderTerms, shipmentIn } from '../testing/trade';
import { matchInvoice, requireAsReceived, requireExactAmounts, requireReceipts, requireSelfBilled } from './matching';
import type { Tolerances } from './matching';

const strict: Tolerances = { priceToleranceBps: 0, quantityToleranceBps: 0 };
const [line] = invoiceTerms.lines as [InvoiceTerms['lines'][number]];
const of = (change: Partial<InvoiceTerms['lines'][number]>, more: Partial<InvoiceTerms> = {}): InvoiceTerms => ({ ...invoiceTerms, lines: [{ ...line, ...change }], ...more });
const order = (matchPolicy: OrderTerms['matchPolicy']): OrderTerms => ({ ...orderTerms, matchPolicy });
const codes = (invoice: InvoiceTerms, policy: OrderTerms['matchPolicy'] = 'three-way', quantities = delivered, tolerances = strict) => matchInvoice(invoice, order(policy), quantities, tolerances).map(({ code }) => code);
const with1 = (change: Partial<OrderQuantities['lines'][number]>): OrderQuantities => ({ lines: delivered.lines.map((each) => (each.line === 1 ? { ...each, ...change } : each)) });

test('an invoice of what was ordered and accepted matches, under each policy; less than that too', () => {
  for (const policy of ['two-way', 'three-way', 'receipt-first'] as const) {
    expect(codes(invoiceTerms, policy)).toEqual([]);
    expect(codes(of({ quantity: '50', amount: '12500' }), policy)).toEqual([]);
    expect(codes(of({ unitPrice: '249', amount: '24900' }), policy)).toEqual([]);
  }
});

test('each difference has its code, by line', () => {
  expect(matchInvoice(of({ line: 9 }), orderTerms, delivered, strict)).toEqual([{ line: 9, code: 'LINE_NOT_ORDERED' }]);
  expect(codes(of({ unit: 'TNE' }))).toEqual(['UNIT_DIFFERS']);
  expect(codes(of({ unitPrice: '251', amount: '25100' }))).toEqual(['PRICE_DIFFERS']);
  expect(codes(of({}, { currency: 'EUR' }))).toEqual(['CURRENCY_DIFFERS']);
  expect(codes(of({ quantity: '101', amount: '25250' }))).toEqual(['QUANTITY_OVER_ORDER', 'QUANTITY_OVER_RECEIPT']);
  expect(codes(of({ quantity: '100.000001', amount: '25000' }), 'two-way')).toEqual(['QUANTITY_OVER_ORDER']);
});

test('what was not accepted is invoiced under the two-way policy only', () => {
  const partly = with1({ accepted: '80', returned: '20' });
  expect(codes(invoiceTerms, 'two-way', partly)).toEqual([]);
  expect(codes(invoiceTerms, 'three-way', partly)).toEqual(['QUANTITY_OVER_RECEIPT']);
  expect(codes(of({ quantity: '80', amount: '20000' }), 'three-way', partly)).toEqual([]);
});

test('earlier invoices take their quantity off', () => {
  expect(codes(of({ quantity: '40', amount: '10000' }), 'three-way', with1({ invoiced: '60' }))).toEqual([]);
  expect(codes(of({ quantity: '40.000001', amount: '10000' }), 'two-way', with1({ invoiced: '60' }))).toEqual(['QUANTITY_OVER_ORDER']);
});

test('tolerances are exact: at the limit it matches, one minor unit or a millionth beyond it does not', () => {
  const loose: Tolerances = { priceToleranceBps: 200, quantityToleranceBps: 500 };
  expect(codes(of({ amount: '25500' }), 'two-way', delivered, loose)).toEqual([]);
  expect(codes(of({ amount: '25501' }), 'two-way', delivered, loose)).toEqual(['PRICE_DIFFERS']);
  expect(codes(of({ quantity: '105', amount: '26250' }), 'two-way', delivered, loose)).toEqual([]);
  expect(codes(of({ quantity: '105.000001', amount: '26250' }), 'two-way', delivered, loose)).toEqual(['QUANTITY_OVER_ORDER']);
  expect(codes(of({ quantity: '105', amount: '26250' }), 'three-way', delivered, loose)).toEqual(['QUANTITY_OVER_RECEIPT']);
  expect(codes(of({ quantity: '105', amount: '26250' }), 'three-way', with1({ accepted: '105' }), loose)).toEqual([]);
  expect(codes(of({ amount: '25001' }), 'receipt-first', delivered, loose)).toEqual(['PRICE_DIFFERS']);
});

test('an order that is invoiced on receipt has no exceptions: more than order and receipts is refused, without a figure', () => {
  const refuse = (invoice: InvoiceTerms) => () => requireAsReceived(order('receipt-first'), matchInvoice(invoice, order('receipt-first'), delivered, strict));
  refuse(invoiceTerms)();
  expect(codeOf(refuse(of({ quantity: '101', amount: '25250' })))).toBe('QUANTITY_EXCEEDED');
  expect(codeOf(refuse(of({ amount: '25001' })))).toBe('AMOUNT_MISMATCH');
  expect(codeOf(refuse(of({ unit: 'TNE' })))).toBe('INVALID_INPUT');
  expect(shownBy(refuse(of({ quantity: '101', amount: '25250' })))).not.toMatch(/101|25250|100/);
  requireAsReceived(order('three-way'), [{ line: 1, code: 'PRICE_DIFFERS' }]);
  expect(codeOf(() => requireSelfBilled('PO-1', order('three-way')))).toBe('INVALID_INPUT');
  requireSelfBilled('PO-1', order('receipt-first'));
});

test('receipt first: every shipment that is named was taken in', () => {
  requireReceipts(order('receipt-first'), [shipmentIn('received'), shipmentIn('partly received')]);
  requireReceipts(order('three-way'), []);
  for (const shipments of [[], [shipmentIn('arrived')], [shipmentIn('received'), shipmentIn('refused')]]) expect(codeOf(() => requireReceipts(order('receipt-first'), shipments))).toBe('EVIDENCE_MISSING');
});

test('amounts are exact to the minor unit', () => {
  requireExactAmounts(invoiceTerms);
  expect(codeOf(() => requireExactAmounts({ ...invoiceTerms, total: '25001' }))).toBe('AMOUNT_MISMATCH');
  expect(codeOf(() => requireExactAmounts(of({ amount: '24999' }, { total: '24999' })))).toBe('AMOUNT_MISMATCH');
  expect(codeOf(() => requireExactAmounts(of({ quantity: '0.001', amount: '0' })))).toBe('AMOUNT_MISMATCH');
  expect(codeOf(() => requireExactAmounts({ ...invoiceTerms, lines: [line, line], total: '50000' }))).toBe('INVALID_INPUT');
});
