import { ahead } from '../support/deal';
import type { TestNetwork } from '../support/network';
import { whenTime } from '../support/time';
import { delivered, invoiceOf, ordered, progress, received, shipped } from './goods';
import type { InvoiceInput } from './goods';

const TRY = 90_000;
const HOUR = 3_600_000;

/** Invoices that do not match, are disputed, withdrawn or written by the buyer. */
export function invoicesSuite(network: TestNetwork): void {
  const accept = async (invoiceId: string) => {
    await network.inStep();
    await (await network.as('brand')).invoices.approveInvoice({ invoiceId });
    await (await network.as('brand', 'checker')).invoices.acceptInvoice({ invoiceId });
  };
  const markReason = (reason: string) => {
    network.markers.push({ value: reason, label: reason, readers: [network.mspId('brand'), network.mspId('processor')] });
    return reason;
  };

  it('a price within the tolerance matches; beyond it the line says why, until a credit note is agreed', async () => {
    const [brand, processor, carrier] = [await network.as('brand'), await network.as('processor'), await network.as('carrier')];
    const { trade, goods } = await delivered(network);
    const within = invoiceOf(network, trade, [goods.shipmentId], 10n, trade.unitPrice + trade.unitPrice / 100n);
    expect(await processor.invoices.submitInvoice(within)).toMatchObject({ state: 'matched', exceptions: [] });
    const input = invoiceOf(network, trade, [goods.shipmentId], 90n, trade.unitPrice * 2n);
    const { invoiceId } = input;
    expect(await processor.invoices.submitInvoice(input)).toMatchObject({ state: 'exception', exceptions: [{ line: 1, code: 'PRICE_DIFFERS' }] });
    expect(await progress(network, trade)).toMatchObject({ invoiced: '10' });
    await network.inStep();
    await network.refused('brand', 'WRONG_STATE', () => brand.invoices.approveInvoice({ invoiceId }));
    const amount = 90n * trade.unitPrice;
    const note = { invoiceId, creditNoteId: `CN-${invoiceId}`, expiresAt: ahead(HOUR), number: markReason(`CN/${invoiceId}`), issueDate: '2026-01-20', amount, lines: [{ ...input.lines[0]!, unitPrice: trade.unitPrice, amount }] };
    await network.refused('processor', 'AMOUNT_MISMATCH', () => processor.invoices.proposeCreditNote({ ...note, amount: amount - 1n }));
    await network.refused('processor', 'AMOUNT_MISMATCH', () => processor.invoices.proposeCreditNote({ ...note, amount: input.total, lines: [{ ...note.lines[0]!, quantity: '0', amount: 0n }] }));
    await network.refused('brand', 'WRONG_ROLE', () => brand.invoices.proposeCreditNote(note));
    const before = await processor.invoices.openInvoice(invoiceId);
    await processor.invoices.proposeCreditNote(note);
    await network.inStep();
    expect((await brand.invoices.openInvoice(invoiceId)).creditNote).toMatchObject({ amount });
    await brand.invoices.refuseInvoiceChange({ invoiceId });
    await network.inStep();
    expect(await processor.invoices.openInvoice(invoiceId)).toEqual(before);
    await processor.invoices.proposeCreditNote({ ...note, expiresAt: ahead(2_000) });
    await network.inStep();
    await whenTime(() => carrier.invoices.expireInvoiceChange({ invoiceId }));
    await network.inStep();
    expect(await processor.invoices.openInvoice(invoiceId)).toEqual(before);
    await processor.invoices.proposeCreditNote(note);
    await network.inStep();
    await network.refused('processor', 'NOT_A_PARTY', () => processor.invoices.acceptCreditNote({ invoiceId }));
    expect(await brand.invoices.acceptCreditNote({ invoiceId })).toMatchObject({ state: 'matched', exceptions: [], version: 2 });
    await network.inStep();
    expect((await processor.invoices.openInvoice(invoiceId)).terms).toMatchObject({ total: amount, number: input.number });
    const versions = [];
    for await (const version of processor.invoices.invoiceVersions({ id: invoiceId })) versions.push(version.terms?.total);
    expect(versions).toEqual([input.total]);
    expect(await progress(network, trade)).toMatchObject({ invoiced: '100' });
    await accept(invoiceId);
    expect(await processor.invoices.submitInvoice(input)).toMatchObject({ already: true });
    await network.refused('brand', ['WRONG_STATE', 'INVOICE_ALREADY_ACCEPTED'], () => brand.invoices.disputeInvoice({ invoiceId, reason: 'too late' }));
  }, TRY);

  it('an exception is waived by both, or matches once the goods are there', async () => {
    const [brand, checker, processor] = [await network.as('brand'), await network.as('brand', 'checker'), await network.as('processor')];
    const trade = await ordered(network);
    const early = invoiceOf(network, trade, [], 40n);
    const late = invoiceOf(network, trade, [], 60n);
    for (const input of [early, late]) expect(await processor.invoices.submitInvoice(input)).toMatchObject({ state: 'exception', exceptions: [{ line: 1, code: 'QUANTITY_OVER_RECEIPT' }] });
    await network.inStep();
    const { invoiceId } = early;
    const offer = { invoiceId, expiresAt: ahead(HOUR), reason: markReason(`paid ahead of ${invoiceId}`) };
    await network.refused('brand', 'WRONG_ROLE', () => brand.invoices.proposeWaiver(offer));
    const before = await checker.invoices.openInvoice(invoiceId);
    await checker.invoices.proposeWaiver(offer);
    await checker.invoices.withdrawInvoiceChange({ invoiceId });
    await network.inStep();
    expect(await checker.invoices.openInvoice(invoiceId)).toEqual(before);
    await checker.invoices.proposeWaiver(offer);
    await network.inStep();
    expect((await processor.invoices.openInvoice(invoiceId)).waiver).toMatchObject({ reason: offer.reason });
    await network.refused('brand', 'WRONG_ROLE', () => checker.invoices.acceptWaiver({ invoiceId }));
    expect(await processor.invoices.acceptWaiver({ invoiceId })).toMatchObject({ state: 'matched', exceptions: [], waived: [{ line: 1, code: 'QUANTITY_OVER_RECEIPT' }] });
    expect(await processor.invoices.rematchInvoice({ invoiceId: late.invoiceId })).toMatchObject({ state: 'exception' });
    await received(network, await shipped(network, trade, '100'), '100', '0');
    await network.inStep();
    expect(await processor.invoices.rematchInvoice({ invoiceId: late.invoiceId })).toMatchObject({ state: 'matched' });
    expect(await progress(network, trade)).toMatchObject({ invoiced: '100' });
    await accept(invoiceId);
  }, TRY);

  it('a disputed part is blocked alone: the rest is accepted, and both parts add up to the invoice', async () => {
    const [brand, processor, carrier] = [await network.as('brand'), await network.as('processor'), await network.as('carrier')];
    const { trade, goods } = await delivered(network);
    const input = invoiceOf(network, trade, [goods.shipmentId]);
    const { invoiceId } = input;
    await processor.invoices.submitInvoice(input);
    await network.inStep();
    await brand.invoices.approveInvoice({ invoiceId });
    const [partId, other] = [`${invoiceId}-a`, `${invoiceId}-b`];
    const amount = 5n * trade.unitPrice;
    const reason = markReason(`the scales of ${invoiceId} were wrong`);
    await network.refused('carrier', 'WRONG_ROLE', () => carrier.invoices.disputeInvoice({ invoiceId, reason }));
    await network.refused('brand', 'INVALID_INPUT', () => brand.invoices.disputeInvoice({ invoiceId, partId, reason }));
    await network.refused('brand', 'AMOUNT_MISMATCH', () => brand.invoices.disputeInvoice({ invoiceId, partId, reason, lines: [{ line: 1, quantity: '100', amount: input.total }] }));
    expect(await brand.invoices.disputeInvoice({ invoiceId, partId, reason, lines: [{ line: 1, quantity: '5', amount }] })).toMatchObject({ id: partId, state: 'disputed', partOf: invoiceId });
    await network.inStep();
    await processor.invoices.disputeInvoice({ invoiceId, partId: other, reason, lines: [{ line: 1, quantity: '0', amount: 7n }] });
    await network.inStep();
    const totals = await Promise.all([invoiceId, partId, other].map(async (id) => (await processor.invoices.openInvoice(id)).terms!.total));
    expect(totals).toEqual([input.total - amount - 7n, amount, 7n]);
    expect((await processor.invoices.openInvoice(partId)).disputed).toMatchObject({ reason });
    expect(await brand.invoices.requireInvoice(invoiceId)).toMatchObject({ state: 'matched', parts: [partId, other], version: 3 });
    await accept(invoiceId);
    await network.refused('brand', 'WRONG_STATE', () => brand.invoices.approveInvoice({ invoiceId: partId }));
    const before = await brand.invoices.openInvoice(partId);
    await brand.invoices.proposeResolution({ invoiceId: partId, outcome: 'cancelled', expiresAt: ahead(HOUR) });
    await network.inStep();
    await processor.invoices.refuseInvoiceChange({ invoiceId: partId });
    await network.inStep();
    expect(await brand.invoices.openInvoice(partId)).toEqual(before);
    await processor.invoices.proposeResolution({ invoiceId: partId, outcome: 'matched', expiresAt: ahead(HOUR) });
    await network.inStep();
    await network.refused('processor', 'NOT_A_PARTY', () => processor.invoices.acceptResolution({ invoiceId: partId }));
    expect(await brand.invoices.acceptResolution({ invoiceId: partId })).toMatchObject({ state: 'matched' });
    await accept(partId);
    await brand.invoices.proposeResolution({ invoiceId: other, outcome: 'cancelled', expiresAt: ahead(HOUR) });
    await network.inStep();
    expect(await processor.invoices.acceptResolution({ invoiceId: other })).toMatchObject({ state: 'cancelled' });
    expect(await progress(network, trade)).toMatchObject({ invoiced: '100' });
    // The document itself is still claimed, by what was accepted of it.
    await network.inStep();
    await network.refused('processor', ['DUPLICATE_INVOICE', 'QUANTITY_EXCEEDED'], () => processor.invoices.submitInvoice({ ...input, invoiceId: `${invoiceId}-copy` }));
    await brand.certificates.issueCertificate({ certificateId: `C-${trade.name}`, supplier: network.mspId('processor'), settler: network.mspId('clearing'), invoiceIds: [invoiceId, partId], dueDate: ahead(20 * 24 * HOUR), firstHoldingId: `H-${trade.name}` });
  }, TRY);

  it('a disputed invoice is reduced by a credit note; one that is cancelled gives its quantities and fingerprints back', async () => {
    const [brand, processor] = [await network.as('brand'), await network.as('processor')];
    const { trade, goods } = await delivered(network);
    const [kept, gone] = [invoiceOf(network, trade, [goods.shipmentId], 60n), invoiceOf(network, trade, [goods.shipmentId], 40n)];
    for (const input of [kept, gone]) {
      await processor.invoices.submitInvoice(input);
      await network.inStep();
      await brand.invoices.disputeInvoice({ invoiceId: input.invoiceId, reason: markReason(`wet goods on ${input.invoiceId}`) });
      await network.inStep();
    }
    const amount = 10n * trade.unitPrice;
    const lines = [{ ...kept.lines[0]!, quantity: '50', amount: 50n * trade.unitPrice }];
    await processor.invoices.proposeCreditNote({ invoiceId: kept.invoiceId, creditNoteId: 'CN-1', expiresAt: ahead(HOUR), number: 'CN/1', issueDate: '2026-01-20', amount, lines });
    await network.inStep();
    expect(await brand.invoices.acceptCreditNote({ invoiceId: kept.invoiceId })).toMatchObject({ state: 'matched' });
    expect(await progress(network, trade)).toMatchObject({ invoiced: '90' });
    await network.inStep();
    await processor.invoices.proposeResolution({ invoiceId: gone.invoiceId, outcome: 'cancelled', expiresAt: ahead(HOUR) });
    await network.inStep();
    await brand.invoices.acceptResolution({ invoiceId: gone.invoiceId });
    expect(await progress(network, trade)).toMatchObject({ invoiced: '50' });
    await network.inStep();
    expect(await processor.invoices.submitInvoice({ ...gone, invoiceId: `${gone.invoiceId}-2` })).toMatchObject({ state: 'matched', resembles: [] });
  }, TRY);

  it('a withdrawn invoice frees its fingerprints, to the next look-alike first', async () => {
    const [brand, checker, processor] = [await network.as('brand'), await network.as('brand', 'checker'), await network.as('processor')];
    const { trade, goods } = await delivered(network);
    const first = invoiceOf(network, trade, [goods.shipmentId], 30n);
    const like = (change: Partial<InvoiceInput>): InvoiceInput => ({ ...invoiceOf(network, trade, [goods.shipmentId], 20n), number: first.number, ...change });
    await processor.invoices.submitInvoice(first);
    const second = like({});
    expect(await processor.invoices.submitInvoice(second)).toMatchObject({ state: 'blocked', resembles: [first.invoiceId] });
    await network.inStep();
    await network.refused('processor', 'DUPLICATE_INVOICE', () => processor.invoices.submitInvoice({ ...first, invoiceId: `${first.invoiceId}-2` }));
    await network.refused('brand', 'WRONG_ROLE', () => brand.invoices.withdrawInvoice({ invoiceId: first.invoiceId }));
    expect(await processor.invoices.withdrawInvoice({ invoiceId: first.invoiceId })).toMatchObject({ state: 'withdrawn' });
    expect(await processor.invoices.submitInvoice(like({ issueDate: '2026-01-16' }))).toMatchObject({ state: 'blocked', resembles: [second.invoiceId] });
    await network.inStep();
    expect(await checker.invoices.overrideNearDuplicate({ invoiceId: second.invoiceId, reason: 'The number is used twice a year.' })).toMatchObject({ state: 'matched' });
    await network.inStep();
    expect(await processor.invoices.submitInvoice({ ...first, invoiceId: `${first.invoiceId}-3` })).toMatchObject({ state: 'blocked', resembles: [second.invoiceId] });
    expect(await progress(network, trade)).toMatchObject({ invoiced: '70' });
  }, TRY);

  it('receipt first: nothing is invoiced before the receipt or beyond it, and the buyer may bill itself', async () => {
    const [brand, processor] = [await network.as('brand'), await network.as('processor')];
    const trade = await ordered(network, 'receipt-first');
    const goods = await shipped(network, trade, '100');
    const { shipmentId } = goods;
    await network.refused('processor', 'EVIDENCE_MISSING', () => processor.invoices.submitInvoice(invoiceOf(network, trade, [shipmentId], 80n)));
    await network.refused('processor', 'EVIDENCE_MISSING', () => processor.invoices.submitInvoice(invoiceOf(network, trade, [], 80n)));
    await received(network, goods, '80', '20');
    await network.inStep();
    await network.refused('processor', 'QUANTITY_EXCEEDED', () => processor.invoices.submitInvoice(invoiceOf(network, trade, [shipmentId], 81n)));
    await network.refused('processor', 'AMOUNT_MISMATCH', () => processor.invoices.submitInvoice(invoiceOf(network, trade, [shipmentId], 80n, trade.unitPrice + 1n)));
    const input = invoiceOf(network, trade, [shipmentId], 80n);
    await network.refused('processor', 'NOT_A_PARTY', () => processor.invoices.selfBillInvoice(input));
    expect(await brand.invoices.selfBillInvoice(input)).toMatchObject({ state: 'matched', supplier: network.mspId('processor') });
    await accept(input.invoiceId);
    const usual = await ordered(network, 'two-way');
    await network.refused('brand', 'INVALID_INPUT', () => brand.invoices.selfBillInvoice(invoiceOf(network, usual, [], 1n)));
  }, TRY);

  it('everyone can ask who accepts late: the report counts what stands on the ledger', async () => {
    const [farm, brand] = [await network.as('farm'), await network.as('brand')];
    await network.inStep();
    const report = await farm.invoices.fairnessReport({ obligor: network.mspId('brand') });
    expect(report).toMatchObject({ accepted: { inTime: 5, late: 0 }, unpaid: { inTime: 0, late: 0 }, paid: { inTime: 0, late: 0 } });
    expect(report.invoices).toBe(report.accepted.inTime + report.open.inTime + report.disputed + report.ended);
    expect(report.ended).toBe(3);
    expect(report.acceptanceDays!.median).toBeGreaterThan(0);
    expect(report.acceptanceDays!.mean).toBeLessThan(1);
    const { submittedAt } = await brand.invoices.requireInvoice((await firstInvoice(network)).id);
    expect(await farm.invoices.fairnessReport({ obligor: network.mspId('brand'), until: submittedAt })).toMatchObject({ invoices: 0, acceptanceDays: undefined });
    expect(await farm.invoices.fairnessReport({ obligor: network.mspId('brand'), since: submittedAt })).toMatchObject({ invoices: report.invoices });
    expect(await farm.invoices.fairnessReport({ obligor: network.mspId('brand'), since: ahead(HOUR) })).toMatchObject({ invoices: 0 });
    await network.refused('farm', 'INVALID_INPUT', () => farm.invoices.fairnessReport({ obligor: '' }));
  }, TRY);

  it('what the leak search looks for is there to be found; only numbers of refused invoices are not', async () => {
    expect((await network.unusedMarkers()).filter((label) => !label.startsWith('number of'))).toEqual([]);
  }, TRY);
}

/** The earliest invoice of the suite. */
async function firstInvoice(network: TestNetwork): Promise<{ readonly id: string }> {
  const found = [];
  for await (const invoice of (await network.as('brand')).invoices.invoices()) found.push(invoice);
  return found.reduce((first, each) => (each.submittedAt < first.submittedAt ? each : first));
}
