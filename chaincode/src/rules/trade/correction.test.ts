import type { CreditNoteTerms, InvoiceTerms } from '@dualchain/model';
import { later, msp, now } from '../testing/claims';
import { codeOf, shownBy } from '../testing/refusal';
import { invoiceIn, invoiceTerms } from '../testing/trade';
import { acceptCreditNote, acceptWaiver, creditedTerms, endInvoiceChange, proposeCreditNote, proposeWaiver, rematchInvoice } from './correction';

const exception = invoiceIn('exception');
const differs = [{ line: 1, code: 'PRICE_DIFFERS' as const }];
const offer = { id: 'tx-2', expiresAt: later, at: now };
const left = (quantity: string, amount: string): InvoiceTerms['lines'] => [{ line: 1, quantity, unit: 'KGM', unitPrice: '250', amount }];
const note: CreditNoteTerms = { number: 'CN-1', issueDate: '2026-03-01', amount: '5000', lines: left('80', '20000') };
const credited = (change: Partial<CreditNoteTerms>, invoice = exception) => creditedTerms(invoice, invoiceTerms, { ...note, ...change });

test('a credit note reduces by exactly its amount, and what is left is an exact invoice', () => {
  expect(credited({})).toEqual({ ...invoiceTerms, lines: note.lines, total: '20000' });
  expect(credited({ amount: '24999', lines: [{ line: 1, quantity: '1', unit: 'KGM', unitPrice: '1', amount: '1' }] }).total).toBe('1');
});

test('a credit note never makes an invoice nothing or negative, never adds, and never loses a minor unit', () => {
  for (const change of [{ amount: '5001' }, { amount: '4999' }, { amount: '25000', lines: left('0', '0') }, { amount: '25001', lines: left('0', '0') }, { amount: '1', lines: left('80', '20000') }]) expect(codeOf(() => credited(change))).toBe('AMOUNT_MISMATCH');
  expect(codeOf(() => credited({ amount: '1', lines: left('101', '24999') }))).toBe('AMOUNT_MISMATCH');
  expect(codeOf(() => credited({ lines: [{ ...note.lines[0]!, line: 2 }] }))).toBe('INVALID_INPUT');
  expect(codeOf(() => credited({ amount: '5000', lines: [...left('40', '10000'), ...left('40', '10000')] }))).toBe('INVALID_INPUT');
  expect(codeOf(() => credited({ amount: '4999', lines: left('80', '20001') }))).toBe('AMOUNT_MISMATCH');
  expect(shownBy(() => credited({ amount: '4999' }))).not.toMatch(/4999|20000|25000/);
  expect(codeOf(() => credited({}, invoiceIn('exception', { version: 99 })))).toBe('TOO_LARGE');
});

test('a part that was disputed is not quantity times price, and is reduced all the same', () => {
  const part = invoiceIn('disputed', { partOf: 'INV-1' });
  expect(creditedTerms(part, { ...invoiceTerms, lines: left('0', '500'), total: '500' }, { ...note, amount: '200', lines: left('0', '300') }).total).toBe('300');
});

test('an accepted credit note leads to what the reduced invoice is', () => {
  const proposed = proposeCreditNote(exception, invoiceTerms, note, 'CN-1', offer, msp.supplier);
  expect(proposed).toEqual({ ...exception, state: 'credit note proposed', proposal: { id: 'tx-2', kind: 'credit note', creditNoteId: 'CN-1', proposer: msp.supplier, receiver: msp.obligor, prior: 'exception', proposedAt: now, expiresAt: later } });
  expect(acceptCreditNote(proposed, [], msp.obligor, now)).toEqual({ ...exception, state: 'matched', exceptions: [], version: 2 });
  expect(acceptCreditNote(proposed, differs, msp.obligor, now)).toMatchObject({ state: 'exception', exceptions: differs, version: 2 });
  expect(acceptCreditNote({ ...proposed, resembles: ['INV-0'] }, [], msp.obligor, now).state).toBe('blocked');
  expect(codeOf(() => acceptCreditNote(proposed, [], msp.obligor, later))).toBe('EXPIRED');
});

test('what matches after all still waits for the override where it looks like another invoice', () => {
  expect(rematchInvoice(exception, [], msp.obligor)).toEqual({ ...exception, state: 'matched', exceptions: [] });
  expect(rematchInvoice({ ...exception, resembles: ['INV-0'] }, [], msp.obligor).state).toBe('blocked');
  expect(rematchInvoice({ ...exception, resembles: ['INV-0'], overrideReason: 'a new delivery' }, [], msp.obligor).state).toBe('matched');
  expect(rematchInvoice(exception, [{ line: 1, code: 'UNIT_DIFFERS' }], msp.supplier)).toEqual({ ...exception, exceptions: [{ line: 1, code: 'UNIT_DIFFERS' }] });
});

test('a waiver that the supplier accepts lets the exceptions pass, and says which', () => {
  const proposed = proposeWaiver(exception, offer, msp.obligor);
  expect(acceptWaiver(proposed, msp.supplier, now)).toEqual({ ...exception, state: 'matched', exceptions: [], waived: exception.exceptions });
  expect(acceptWaiver({ ...proposed, resembles: ['INV-0'] }, msp.supplier, now).state).toBe('blocked');
  expect(codeOf(() => acceptWaiver(proposed, msp.supplier, later))).toBe('EXPIRED');
});

test.each([
  ['a credit note on an exception', exception, proposeCreditNote(exception, invoiceTerms, note, 'CN-1', offer, msp.supplier)],
  ['a credit note on a disputed invoice', invoiceIn('disputed'), proposeCreditNote(invoiceIn('disputed'), invoiceTerms, note, 'CN-1', offer, msp.supplier)],
  ['a waiver', exception, proposeWaiver(exception, offer, msp.obligor)],
])('%s that comes to nothing leaves the invoice exactly as it was', (_what, before, after) => {
  const { proposer, receiver } = after.proposal!;
  expect(endInvoiceChange(after, 'refuseInvoiceChange', receiver, now)).toEqual(before);
  expect(endInvoiceChange(after, 'withdrawInvoiceChange', proposer, now)).toEqual(before);
  expect(endInvoiceChange(after, 'expireInvoiceChange', msp.stranger, later)).toEqual(before);
  expect(codeOf(() => endInvoiceChange(after, 'expireInvoiceChange', msp.stranger, now))).toBe('NOT_YET');
  expect(codeOf(() => endInvoiceChange(after, 'refuseInvoiceChange', proposer, now))).toBe('NOT_A_PARTY');
  expect(codeOf(() => endInvoiceChange(after, 'withdrawInvoiceChange', receiver, now))).toBe('NOT_A_PARTY');
});
