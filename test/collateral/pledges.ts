import { sha256Hex } from '../../model/src';
import { ahead } from '../support/deal';
import type { TestNetwork } from '../support/network';
import { whenTime } from '../support/time';
import { HOUR, inspect, loanOf, pledgeAll, PRINCIPAL, propose, report, storeAll, TRY, UNIT_VALUE, watch } from './goods';
import type { Stored } from './goods';

type Pledged = Stored & { readonly pledgeId: string };

/** Loans against receipts: three who agree, holds and margin calls, substitution, repayment, liquidation, loss. */
export function pledgesSuite(network: TestNetwork): void {
  let asked: Stored, restored: Stored, small: Stored, large: Stored;
  let recalled: Pledged, devalued: Pledged, uncured: Pledged, moved: Pledged;
  beforeAll(async () => {
    watch(network);
    const stored = await storeAll(network, [{}, {}, { quantity: '90' }, {}, {}, {}, {}, {}]);
    [asked, restored, small, large] = stored as [Stored, Stored, Stored, Stored];
    [recalled, devalued, uncured, moved] = (await pledgeAll(network, stored.slice(4), [{ cureHours: 24 }, { cureHours: 24 }, { cureHours: 0 }, { dueInMs: 2 * HOUR, cureHours: 1 }])) as [Pledged, Pledged, Pledged, Pledged];
  }, TRY);

  it('needs owner, financier, warehouse, the evidence and the money, in this order', async () => {
    const [processor, bank, carrier, clearing, factor] = [await network.as('processor'), await network.as('bank'), await network.as('carrier'), await network.as('clearing'), await network.as('factor')];
    const stored = asked;
    const { receiptId } = stored;
    const loan = loanOf(network, stored);
    await network.refused('processor', 'COLLATERAL_INSUFFICIENT', () => processor.receiptPledges.draftReceiptPledge({ ...loan, principal: 600_421n }));
    await network.refused('processor', 'WRONG_ROLE', () => processor.receiptPledges.draftReceiptPledge({ ...loan, financier: network.mspId('brand') }));
    await network.refused('factor', ['NOT_A_PARTY', 'OPENING_REQUIRED'], () => factor.receiptPledges.draftReceiptPledge({ ...loan, financier: network.mspId('bank') }));
    const pledgeId = await propose(network, stored);
    const { receiptPledges } = processor;
    expect(await receiptPledges.draftReceiptPledge({ ...loan, ...(await times(pledgeId)) })).toMatchObject({ already: true });
    await network.refused('carrier', 'WRONG_STATE', () => carrier.receiptPledges.confirmReceiptPledge({ pledgeId }));
    await network.refused('factor', 'NOT_A_PARTY', () => factor.receiptPledges.acceptReceiptPledge({ pledgeId }));
    await network.refused('bank', 'EVIDENCE_MISSING', () => bank.receiptPledges.acceptReceiptPledge({ pledgeId }));
    await inspect(network, stored);
    await network.inStep();
    await bank.receiptPledges.acceptReceiptPledge({ pledgeId });
    await network.inStep();
    await network.refused('clearing', 'WRONG_STATE', () => clearing.receiptPledges.payReceiptLoan({ pledgeId, paymentReference: `PAY-${pledgeId}` }));
    await network.refused('processor', ['WRONG_ROLE', 'NOT_A_PARTY'], () => receiptPledges.confirmReceiptPledge({ pledgeId }));
    await carrier.receiptPledges.confirmReceiptPledge({ pledgeId });
    await network.inStep();
    await network.refused('carrier', 'WRONG_STATE', () => carrier.receiptPledges.refuseReceiptPledge({ pledgeId }));
    await network.refused('processor', 'WRONG_STATE', () => receiptPledges.withdrawReceiptPledge({ pledgeId }));
    const payment = { pledgeId, paymentReference: `PAY-${pledgeId}` };
    expect(await clearing.receiptPledges.payReceiptLoan(payment)).toMatchObject({ state: 'live' });
    expect(await clearing.receiptPledges.payReceiptLoan(payment)).toMatchObject({ already: true });
    await network.inStep();
    expect(await processor.receipts.requireReceipt(receiptId)).toMatchObject({ state: 'pledged', owner: network.mspId('processor'), financier: network.mspId('bank') });
    // A second pledge, a sale, a delivery of what is pledged.
    await network.refused('processor', 'WRONG_STATE', () => receiptPledges.draftReceiptPledge({ ...loan, pledgeId: `${pledgeId}-2`, financier: network.mspId('factor') }));
    await network.refused('processor', 'WRONG_STATE', () => processor.receipts.offerReceipt({ receiptId, receiver: network.mspId('farm'), expiresAt: ahead(HOUR) }));
    await network.refused('carrier', ['WRONG_STATE', 'PLEDGED'], async () => carrier.receipts.deliverReceipt({ receiptId, eventIds: [await report(network, 'carrier', stored.lot, 'shipping', 1)] }));
    expect(await bank.receiptPledges.pledgeValue(pledgeId)).toMatchObject({ eligible: 600_420n, outstanding: PRINCIPAL, covered: true, causes: [] });
    expect((await carrier.receiptPledges.openReceiptPledge(pledgeId)).terms).toBeUndefined();
    await network.refused('carrier', 'OPENING_REQUIRED', () => carrier.receiptPledges.pledgeValue(pledgeId));
    await network.refused('bank', 'NOT_YET', () => bank.receiptPledges.liquidateReceiptPledge({ pledgeId }));
    await network.refused('processor', 'NOT_A_PARTY', () => receiptPledges.releaseReceiptPledge({ pledgeId }));
    await bank.receiptPledges.releaseReceiptPledge({ pledgeId });
    await network.inStep();
    expect(await processor.receipts.requireReceipt(receiptId)).toMatchObject({ state: 'active' });
  }, TRY);

  it('refuse, withdraw and expire give the receipt back exactly as it was', async () => {
    const [processor, bank, carrier, brand] = [await network.as('processor'), await network.as('bank'), await network.as('carrier'), await network.as('brand')];
    const stored = restored;
    const before = await processor.receipts.openReceipt(stored.receiptId);
    for (const how of ['financier', 'warehouse', 'withdraw', 'expire'] as const) {
      const pledgeId = await propose(network, stored, { name: `-${how}`, ...(how === 'expire' ? { expiresInMs: 5_000 } : {}) });
      await network.refused('processor', 'WRONG_STATE', () => processor.receipts.offerReceipt({ receiptId: stored.receiptId, receiver: network.mspId('farm'), expiresAt: ahead(HOUR) }));
      if (how === 'financier') await bank.receiptPledges.refuseReceiptPledge({ pledgeId });
      if (how === 'warehouse') await carrier.receiptPledges.refuseReceiptPledge({ pledgeId });
      if (how === 'withdraw') await processor.receiptPledges.withdrawReceiptPledge({ pledgeId });
      if (how === 'expire') await whenTime(() => brand.receiptPledges.expireReceiptPledge({ pledgeId }));
      await network.inStep();
      expect(await processor.receipts.openReceipt(stored.receiptId)).toEqual(before);
    }
  }, TRY);

  it('a recall holds the goods and calls for margin; clearing it removes what it alone caused', async () => {
    const [regulator, brand, bank] = [await network.as('regulator'), await network.as('brand'), await network.as('bank')];
    const { receiptId, pledgeId, lot } = recalled;
    const recall = async (name: string) => {
      const recallId = `R-${receiptId}-${name}`;
      await regulator.recalls.openRecall({ recallId, lot, reasonClass: 'contamination', reason: 'Salmonella in a sample.' });
      await network.inStep();
      return recallId;
    };
    const first = await recall('1');
    expect(await bank.receiptPledges.pledgeValue(pledgeId)).toMatchObject({ eligible: 0n, covered: false, causes: [{ kind: 'recall', id: first }] });
    expect(await brand.receipts.holdReceipt({ receiptId })).toMatchObject({ state: 'held', hold: { prior: 'pledged' } });
    await network.inStep();
    expect(await bank.receiptPledges.requireReceiptPledge(pledgeId)).toMatchObject({ state: 'margin call', marginCall: { reason: 'held' } });
    await network.refused('bank', 'NOT_YET', () => bank.receiptPledges.liquidateReceiptPledge({ pledgeId }));
    expect((await brand.recalls.getRecall(first))?.receipts).toEqual([{ lot, receiptId, pledgeId }]);
    const second = await recall('2');
    await regulator.recalls.closeRecall({ recallId: first });
    await network.inStep();
    await network.refused('brand', 'RECALLED', () => brand.receipts.releaseHold({ receiptId }));
    await regulator.recalls.closeRecall({ recallId: second });
    await network.inStep();
    expect(await brand.receipts.releaseHold({ receiptId })).toMatchObject({ state: 'pledged' });
    await network.inStep();
    expect(await bank.receiptPledges.requireReceiptPledge(pledgeId)).toMatchObject({ state: 'live' });
    expect(await bank.receiptPledges.pledgeValue(pledgeId)).toMatchObject({ eligible: 600_420n, covered: true });
  }, TRY);

  it('goods that lost value are called for, and a repayment or a substitute cures the call', async () => {
    const [processor, bank, clearing] = [await network.as('processor'), await network.as('bank'), await network.as('clearing')];
    const { receiptId, pledgeId } = devalued;
    const call = (name: string, unitValue: bigint) => bank.receiptPledges.callMargin({ pledgeId, valuationId: name, unitValue });
    await network.refused('bank', 'EVIDENCE_MISSING', () => call('V-0', UNIT_VALUE));
    network.markers.push({ value: '"unitValue":"9001"', label: 'valuation', readers: ['bank', 'clearing', 'processor'].map((slug) => network.mspId(slug as 'bank')) });
    expect(await call('V-1', 9_001n)).toMatchObject({ state: 'margin call', marginCall: { reason: 'value', valuationId: 'V-1' } });
    await network.inStep();
    await bank.receiptPledges.showToPledgor({ pledgeId });
    await network.inStep();
    expect((await processor.receiptPledges.openReceiptPledge(pledgeId)).valuation).toMatchObject({ unitValue: 9_001n });
    const repay = (reference: string, amount: bigint) => clearing.receiptPledges.repayReceiptLoan({ pledgeId, paymentReference: `${reference}-${pledgeId}`, amount });
    await network.refused('clearing', 'PAYMENT_REFERENCE_USED', () => clearing.receiptPledges.repayReceiptLoan({ pledgeId, paymentReference: `PAY-${pledgeId}`, amount: 1n }));
    await network.refused('clearing', 'AMOUNT_MISMATCH', () => repay('R0', PRINCIPAL + 1n));
    expect(await repay('R1', 1n)).toMatchObject({ state: 'margin call' });
    expect(await repay('R2', 60_000n)).toMatchObject({ state: 'live' });
    await network.inStep();
    expect(await bank.receiptPledges.pledgeValue(pledgeId)).toMatchObject({ outstanding: 540_000n });
    await call('V-2', 8_000n);
    await network.inStep();
    await bank.receiptPledges.showToPledgor({ pledgeId });
    await network.inStep();
    const offer = (id: string) => processor.receiptPledges.offerSubstitute({ pledgeId, receiptId: id, expiresAt: ahead(HOUR) });
    await network.refused('processor', 'COLLATERAL_INSUFFICIENT', () => offer(small.receiptId));
    await network.refused('processor', 'COLLATERAL_INSUFFICIENT', () => offer(large.receiptId));
    await bank.receiptPledges.cureMarginCall({ pledgeId });
    await network.inStep();
    await offer(large.receiptId);
    await network.inStep();
    await processor.receiptPledges.endSubstitute({ pledgeId });
    await network.refused('bank', 'WRONG_STATE', () => bank.receiptPledges.acceptSubstitute({ pledgeId }));
    await offer(large.receiptId);
    await network.inStep();
    expect(await bank.receiptPledges.acceptSubstitute({ pledgeId })).toMatchObject({ state: 'live', receiptId: large.receiptId });
    await network.inStep();
    expect(await processor.receipts.requireReceipt(receiptId)).toMatchObject({ state: 'active' });
    expect(await processor.receipts.requireReceipt(large.receiptId)).toMatchObject({ state: 'pledged', pledgeId });
    expect(await repay('R3', 540_000n)).toMatchObject({ state: 'repaid' });
    await network.inStep();
    await processor.receiptPledges.releaseReceiptPledge({ pledgeId });
    await network.inStep();
    expect(await processor.receipts.requireReceipt(large.receiptId)).toMatchObject({ state: 'active' });
  }, TRY);

  it('what is not cured is sold: the buyer owns the receipt, the owner is not needed', async () => {
    const [processor, bank, clearing, factor, regulator] = [await network.as('processor'), await network.as('bank'), await network.as('clearing'), await network.as('factor'), await network.as('regulator')];
    const { receiptId, pledgeId, lot } = uncured;
    const recallId = `R-${receiptId}`;
    await regulator.recalls.openRecall({ recallId, lot, reasonClass: 'labelling', reason: 'The label names another harvest.' });
    await network.inStep();
    await bank.receipts.holdReceipt({ receiptId, absent: network.mspId('processor') });
    await network.inStep();
    await network.refused('factor', 'NOT_A_PARTY', () => factor.receiptPledges.liquidateReceiptPledge({ pledgeId }));
    expect(await bank.receiptPledges.liquidateReceiptPledge({ pledgeId })).toMatchObject({ state: 'liquidating' });
    await network.inStep();
    const sale = { pledgeId, buyer: network.mspId('farm'), paymentReference: `SALE-${pledgeId}` };
    await network.refused('bank', ['WRONG_ROLE', 'NOT_A_PARTY'], () => bank.receiptPledges.attestProceeds(sale));
    await network.refused('clearing', 'INVALID_INPUT', () => clearing.receiptPledges.attestProceeds({ ...sale, buyer: network.mspId('processor') }));
    await network.refused('clearing', 'PAYMENT_REFERENCE_USED', () => clearing.receiptPledges.attestProceeds({ ...sale, paymentReference: `PAY-${pledgeId}` }));
    expect(await clearing.receiptPledges.attestProceeds(sale)).toMatchObject({ state: 'liquidated', buyer: network.mspId('farm') });
    await network.inStep();
    expect(await (await network.as('farm')).receipts.openReceipt(receiptId)).toMatchObject({ state: 'active', owner: network.mspId('farm'), terms: { quantity: '100' } });
    await clearing.receiptPledges.sealProceeds({ pledgeId, proceeds: PRINCIPAL + 77n });
    await network.inStep();
    await bank.receiptPledges.showToPledgor({ pledgeId });
    await network.inStep();
    expect((await processor.receiptPledges.openReceiptPledge(pledgeId)).sale).toMatchObject({ surplus: 77n, shortfall: 0n, buyer: network.mspId('farm') });
    await regulator.recalls.closeRecall({ recallId });
  }, TRY);

  it('a pledge follows its goods to another warehouse, and a loss is called for', async () => {
    const [carrier, farm, bank] = [await network.as('carrier'), await network.as('farm'), await network.as('bank')];
    const { receiptId, lot, pledgeId } = moved;
    await carrier.receipts.shipReceipt({ receiptId, carrier: network.mspId('carrier'), destination: network.mspId('farm'), eventIds: [await report(network, 'carrier', lot, 'shipping', 3)], dueAt: ahead(HOUR) });
    await network.inStep();
    await carrier.receipts.takeCustody({ receiptId, eventIds: [await report(network, 'carrier', lot, 'loading', 2.5), await report(network, 'carrier', lot, 'unloading', 2)] });
    await network.inStep();
    await farm.receipts.arriveReceipt({ receiptId, eventId: await report(network, 'farm', lot, 'receiving', 1) });
    await network.inStep();
    expect(await bank.receipts.openReceipt(receiptId)).toMatchObject({ state: 'pledged', warehouse: network.mspId('farm'), terms: { quantity: '100' } });
    expect(await bank.receiptPledges.requireReceiptPledge(pledgeId)).toMatchObject({ state: 'live', warehouse: network.mspId('farm') });
    await network.refused('carrier', 'NOT_A_PARTY', () => carrier.receipts.reportLoss({ receiptId, evidenceHash: sha256Hex(receiptId) }));
    await farm.receipts.reportLoss({ receiptId, evidenceHash: sha256Hex(receiptId) });
    await network.inStep();
    expect(await bank.receiptPledges.requireReceiptPledge(pledgeId)).toMatchObject({ state: 'margin call', marginCall: { reason: 'lost' } });
    expect(await bank.receiptPledges.pledgeValue(pledgeId)).toMatchObject({ eligible: 0n, covered: false });
  }, TRY);

  async function times(pledgeId: string) {
    const { expiresAt, dueAt } = await (await network.as('processor')).receiptPledges.requireReceiptPledge(pledgeId);
    return { expiresAt, dueAt };
  }
}
