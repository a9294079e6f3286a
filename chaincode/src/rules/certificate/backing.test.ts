import type { CertificateTerms, InvoiceTerms, ShipmentSkeleton } from '@dualchain/model';
import * as fc from 'fast-check';
import { invoice, msp } from '../testing/claims';
import { codeOf, shownBy } from '../testing/refusal';
import { certifyInvoice, lotsBehind, releaseInvoice, requireFace, shipmentsBehind } from './backing';

const invoiceTerms = (total: bigint, currency = 'CNY'): InvoiceTerms => ({ number: 'N', issueDate: '2026-01-15', currency, lines: [], total: total.toString() });
const amounts = fc.array(fc.bigInt({ min: 1n, max: 10n ** 13n }), { minLength: 1, maxLength: 20 });
const proved = (totals: readonly bigint[]) => totals.map((total, index) => ({ id: `INV-${index}`, terms: invoiceTerms(total) }));
const termsOf = (totals: readonly bigint[]): CertificateTerms => ({ face: totals.reduce((a, b) => a + b, 0n).toString(), currency: 'CNY', invoices: totals.map((total, index) => ({ id: `INV-${index}`, amount: total.toString() })) });

test('the face is the sum of the invoices, to the minor unit', () => {
  fc.assert(
    fc.property(amounts, fc.constantFrom(-1n, 1n), (totals, error) => {
      const terms = termsOf(totals);
      expect(requireFace(terms, proved(totals)).toString()).toBe(terms.face);
      expect(codeOf(() => requireFace({ ...terms, face: (BigInt(terms.face) + error).toString() }, proved(totals)))).toBe('AMOUNT_MISMATCH');
      const inflated = totals.map((total, index) => (index === 0 ? total + 1n : total));
      expect(codeOf(() => requireFace(termsOf(inflated), proved(totals)))).toBe('AMOUNT_MISMATCH');
    }),
  );
});

test('the terms name exactly the invoices, in one currency, and no refusal shows a figure', () => {
  const totals = [7001n, 8002n];
  const terms = termsOf(totals);
  const refused = [
    () => requireFace({ ...terms, invoices: terms.invoices.slice(0, 1) }, proved(totals)),
    () => requireFace({ ...terms, invoices: [...terms.invoices].reverse() }, proved(totals)),
    () => requireFace({ ...terms, currency: 'EUR' }, proved(totals)),
    () => requireFace({ ...terms, face: '15004' }, proved(totals)),
    () => requireFace({ ...terms, invoices: [{ id: 'INV-0', amount: '7002' }, { id: 'INV-1', amount: '8001' }] }, proved(totals)),
  ];
  for (const each of refused) {
    expect(codeOf(each)).toBe('AMOUNT_MISMATCH');
    expect(shownBy(each)).not.toMatch(/\d{4}/);
  }
});

test('an invoice backs one certificate, and releasing it restores it exactly', () => {
  const before = invoice();
  const certified = certifyInvoice(before, 'C-1', msp.supplier, msp.obligor);
  expect(certified).toEqual({ ...before, state: 'certified', certificateId: 'C-1' });
  expect(codeOf(() => certifyInvoice(certified, 'C-2', msp.supplier, msp.obligor))).toBe('INVOICE_ALREADY_USED');
  expect(codeOf(() => certifyInvoice({ ...certified, state: 'accepted' }, 'C-2', msp.supplier, msp.obligor))).toBe('INVOICE_ALREADY_USED');
  for (const caller of [msp.obligor, msp.supplier, msp.stranger]) expect(releaseInvoice(certified, 'C-1', caller)).toEqual(before);
  expect(codeOf(() => releaseInvoice(certified, 'C-2', msp.obligor))).toBe('WRONG_STATE');
  expect(codeOf(() => releaseInvoice(before, 'C-1', msp.obligor))).toBe('WRONG_STATE');
});

test('only accepted invoices of this supplier and this obligor', () => {
  for (const state of ['matched', 'exception', 'blocked', 'approved'] as const) expect(codeOf(() => certifyInvoice(invoice({ state }), 'C-1', msp.supplier, msp.obligor))).toBe('WRONG_STATE');
  expect(codeOf(() => certifyInvoice(invoice({ supplier: msp.stranger }), 'C-1', msp.supplier, msp.obligor))).toBe('INVALID_INPUT');
  expect(codeOf(() => certifyInvoice(invoice({ obligor: msp.stranger }), 'C-1', msp.supplier, msp.obligor))).toBe('NOT_A_PARTY');
});

test('shipments and lots are collected once each, within bounds', () => {
  const ids = (count: number, name: string) => Array.from({ length: count }, (_, index) => `${name}-${index}`);
  expect(shipmentsBehind([invoice({ shipmentIds: ['A', 'B'] }), invoice({ shipmentIds: ['B', 'C'] })])).toEqual(['A', 'B', 'C']);
  const shipment = (lots: string[]) => ({ lots }) as unknown as ShipmentSkeleton;
  expect(lotsBehind([shipment(['x', 'y']), shipment(['y'])])).toEqual(['x', 'y']);
  expect(lotsBehind([shipment(ids(200, 'lot'))])).toHaveLength(200);
  expect(codeOf(() => lotsBehind([shipment(ids(201, 'lot'))]))).toBe('TOO_LARGE');
  expect(codeOf(() => shipmentsBehind([invoice({ shipmentIds: ids(101, 'DA') })]))).toBe('TOO_LARGE');
});
