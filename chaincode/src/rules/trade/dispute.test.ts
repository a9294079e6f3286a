import type { FingerprintRecord, InvoiceTerms } from '@dualchain/model';
import * as fc from 'fast-check';
import { earlier, later, msp, now } from '../testing/claims';
import { codeOf, shownBy } from '../testing/refusal';
import { delivered, invoiceIn, invoiceTerms } from '../testing/trade';
import { acceptResolution, disputePart, disputeWhole, divideTerms, proposeResolution, requireDivisible, withdrawInvoice } from './dispute';
import { freeFingerprint, hasEnded, standBehind } from './ending';
import { isCounted } from './invoice';
import { addTo, recount, sumByLine } from './quantities';

const offer = { id: 'tx-2', expiresAt: later, at: now };
const disputed = [{ line: 1, quantity: '20', amount: '5000' }];
const part = { partId: 'INV-1-a', disputeId: 'tx-3', divided: divideTerms(invoiceTerms, disputed), exceptions: [] };

test('only the disputed part is blocked: amounts and quantities of both are those of the whole, to the last unit', () => {
  const line = fc.record({ quantity: fc.integer({ min: 0, max: 1_000 }), amount: fc.integer({ min: 0, max: 100_000 }), share: fc.integer({ min: 0, max: 100 }), taken: fc.boolean() });
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 8 }), (drawn) => {
      const lines = drawn.map(({ quantity, amount }, index) => ({ line: index + 1, quantity: String(quantity), unit: 'KGM', unitPrice: '1', amount: String(amount) }));
      const terms: InvoiceTerms = { ...invoiceTerms, lines, total: lines.reduce((sum, { amount }) => sum + BigInt(amount), 0n).toString() };
      const asked = drawn.flatMap(({ quantity, amount, share, taken }, index) => (taken ? [{ line: index + 1, quantity: String(Math.floor((quantity * share) / 100)), amount: String(Math.floor((amount * share) / 100)) }] : []));
      const amount = asked.reduce((sum, each) => sum + BigInt(each.amount), 0n);
      if (amount === 0n || amount === BigInt(terms.total)) {
        expect(codeOf(() => divideTerms(terms, asked))).toBe('AMOUNT_MISMATCH');
        return;
      }
      const divided = divideTerms(terms, asked);
      expect(BigInt(divided.part.total) + BigInt(divided.rest.total)).toBe(BigInt(terms.total));
      expect(BigInt(divided.part.total)).toBe(amount);
      const both = sumByLine([...divided.part.lines, ...divided.rest.lines], ({ quantity }) => quantity);
      for (const [number, quantity] of sumByLine(lines, (each) => each.quantity)) expect(both.get(number) ?? 0n).toBe(quantity);
    }),
  );
});

test('a dispute names what is there, and no figure is told to others', () => {
  for (const lines of [[{ line: 1, quantity: '101', amount: '1' }], [{ line: 1, quantity: '0', amount: '25001' }], [{ line: 1, quantity: '100', amount: '25000' }], [{ line: 1, quantity: '5', amount: '0' }]]) expect(codeOf(() => divideTerms(invoiceTerms, lines))).toBe('AMOUNT_MISMATCH');
  for (const lines of [[{ line: 2, quantity: '1', amount: '1' }], [...disputed, ...disputed]]) expect(codeOf(() => divideTerms(invoiceTerms, lines))).toBe('INVALID_INPUT');
  expect(shownBy(() => divideTerms(invoiceTerms, [{ line: 1, quantity: '0', amount: '25001' }]))).not.toMatch(/2500/);
});

test('the rest goes on and is approved anew; the part is an invoice of its own on the same clock, without fingerprints', () => {
  const before = invoiceIn('approved', { fingerprints: [{ kind: 'document', digest: 'd' }], resembles: ['INV-0'], overrideReason: 'a new delivery' });
  const { rest, part: taken } = disputePart(before, part, msp.obligor, now);
  const { approvedBy: _void, root: _replaced, ...standing } = before;
  expect(rest).toEqual({ ...standing, state: 'matched', version: 2, parts: ['INV-1-a'] });
  expect(taken).toEqual({ id: 'INV-1-a', orderId: before.orderId, shipmentIds: before.shipmentIds, supplier: msp.supplier, obligor: msp.obligor, state: 'disputed', version: 1, exceptions: [], fingerprints: [], resembles: [], submittedAt: before.submittedAt, acceptanceDueAt: before.acceptanceDueAt, dispute: { id: 'tx-3', by: msp.obligor, at: now }, partOf: 'INV-1' });
  expect(disputePart(invoiceIn('blocked'), part, msp.supplier, now).rest.state).toBe('blocked');
  expect(disputePart(invoiceIn('exception'), { ...part, exceptions: [{ line: 1, code: 'PRICE_DIFFERS' }] }, msp.obligor, now)).toMatchObject({ rest: { state: 'exception' }, part: { exceptions: [{ line: 1, code: 'PRICE_DIFFERS' }] } });
  const over = { code: 'QUANTITY_OVER_ORDER' } as const;
  expect(disputePart(invoiceIn('matched', { waived: [{ line: 1, ...over }, { line: 2, ...over }] }), part, msp.obligor, now)).toMatchObject({ rest: { waived: [{ line: 1 }, { line: 2 }] }, part: { waived: [{ line: 1, ...over }] } });
  expect(codeOf(() => requireDivisible(taken as never))).toBe('INVALID_INPUT');
  expect(codeOf(() => requireDivisible(invoiceIn('matched', { parts: Array.from({ length: 20 }, (_, index) => `P-${index}`) })))).toBe('TOO_LARGE');
});

test('a dispute ends as both agree: matched with what did not match waived, or cancelled; until then nothing changes', () => {
  const whole = disputeWhole(invoiceIn('approved'), 'tx-3', msp.supplier, now);
  const { approvedBy: _void, ...rest } = invoiceIn('approved');
  expect(whole).toEqual({ ...rest, state: 'disputed', dispute: { id: 'tx-3', by: msp.supplier, at: now } });
  const odd = disputeWhole(invoiceIn('exception'), 'tx-3', msp.obligor, now);
  expect(acceptResolution(proposeResolution(odd, 'matched', offer, msp.supplier), msp.obligor, now)).toEqual({ ...odd, state: 'matched', exceptions: [], waived: odd.exceptions });
  expect(acceptResolution(proposeResolution(odd, 'cancelled', offer, msp.obligor), msp.supplier, now)).toEqual({ ...odd, state: 'cancelled' });
  expect(acceptResolution(proposeResolution({ ...whole, resembles: ['INV-0'] }, 'matched', offer, msp.obligor), msp.supplier, now).state).toBe('blocked');
  expect(codeOf(() => acceptResolution(proposeResolution(odd, 'matched', offer, msp.supplier), msp.obligor, later))).toBe('EXPIRED');
});

test('what ended or does not match takes no quantity of its order', () => {
  expect(isCounted(invoiceIn('matched'))).toBe(true);
  expect(isCounted(invoiceIn('disputed'))).toBe(true);
  expect(isCounted(disputeWhole(invoiceIn('exception'), 'tx-3', msp.obligor, now))).toBe(false);
  expect(isCounted(withdrawInvoice(invoiceIn('matched'), msp.supplier))).toBe(false);
  const billed = addTo(delivered, 'invoiced', sumByLine(invoiceTerms.lines, ({ quantity }) => quantity));
  expect(recount(billed, [invoiceTerms], [])).toEqual(delivered);
  expect(recount(billed, [invoiceTerms], [part.divided.rest, part.divided.part])).toBe(billed);
  expect(recount(billed, [invoiceTerms], [part.divided.rest]).lines[0]).toMatchObject({ invoiced: '80' });
});

test('fingerprints are free with the last of the family, and the next look-alike takes them over', () => {
  expect(hasEnded([invoiceIn('withdrawn'), invoiceIn('disputed')])).toBe(false);
  expect(hasEnded([invoiceIn('withdrawn'), invoiceIn('cancelled')])).toBe(true);
  const record: FingerprintRecord = { kind: 'number', digest: 'd', invoiceId: 'A', obligor: msp.obligor, supplier: msp.supplier, registeredAt: earlier };
  const queue = standBehind(standBehind(record, 'B'), 'C');
  expect(queue.others).toEqual(['B', 'C']);
  expect(freeFingerprint(record, 'A')).toBeUndefined();
  expect(freeFingerprint(queue, 'A')).toEqual({ ...record, invoiceId: 'B', others: ['C'] });
  expect(freeFingerprint(queue, 'B')).toEqual({ ...record, others: ['C'] });
  expect(freeFingerprint(freeFingerprint(queue, 'A')!, 'C')).toEqual({ ...record, invoiceId: 'B' });
  expect(codeOf(() => Array.from({ length: 51 }).reduce<FingerprintRecord>((held, _, index) => standBehind(held, `I-${index}`), record))).toBe('TOO_LARGE');
});
