import { ahead } from '../support/deal';
import type { TestNetwork } from '../support/network';
import { whenTime } from '../support/time';
import { newTrade, ordered, packed, progress, received, shipped, termsOf } from './goods';

const TRY = 90_000;
const HOUR = 3_600_000;

/** Orders that are changed, cancelled or left unanswered. */
export function ordersSuite(network: TestNetwork): void {
  it('new terms are proposed by one side and accepted by the other, and the old ones stay readable', async () => {
    const [brand, processor, carrier] = [await network.as('brand'), await network.as('processor'), await network.as('carrier')];
    const trade = await ordered(network);
    const { orderId } = trade;
    await processor.orders.proposeOrderAmendment({ orderId, expiresAt: ahead(HOUR), ...termsOf(trade, '120') });
    await network.inStep();
    expect((await brand.orders.openOrder(orderId)).amendment?.lines).toEqual([expect.objectContaining({ quantity: '120' })]);
    expect(await carrier.orders.openOrder(orderId)).toMatchObject({ state: 'amendment proposed', terms: undefined, amendment: undefined });
    await network.refused('processor', 'NOT_A_PARTY', () => processor.orders.acceptOrderAmendment({ orderId }));
    await network.refused('brand', 'NOT_A_PARTY', () => brand.orders.withdrawOrderChange({ orderId }));
    await network.refused('carrier', 'WRONG_ROLE', () => carrier.orders.refuseOrderChange({ orderId }));
    await network.refused('brand', 'WRONG_STATE', () => brand.orders.acceptOrderCancellation({ orderId }));
    const goods = await packed(network, trade, '10');
    await network.refused('processor', 'WRONG_STATE', goods.dispatch);
    expect(await brand.orders.acceptOrderAmendment({ orderId })).toMatchObject({ state: 'accepted', version: 2 });
    await network.inStep();
    await goods.dispatch();
    for (const { orders } of [brand, processor]) {
      await network.inStep();
      expect((await orders.openOrder(orderId)).terms?.lines).toEqual([expect.objectContaining({ quantity: '120', unitPrice: trade.unitPrice })]);
      const versions = [];
      for await (const version of orders.orderVersions({ id: orderId })) versions.push(version);
      expect(versions).toEqual([expect.objectContaining({ version: 1, terms: expect.objectContaining({ lines: [expect.objectContaining({ quantity: '100' })] }) as unknown })]);
    }
    expect(await progress(network, trade)).toMatchObject({ ordered: '120', shipped: '10' });
    await network.refused('brand', 'QUANTITY_EXCEEDED', () => brand.orders.proposeOrderAmendment({ orderId, expiresAt: ahead(HOUR), ...termsOf(trade, '9') }));
    await network.refused('brand', 'WRONG_STATE', () => brand.orders.proposeOrderCancellation({ orderId, expiresAt: ahead(HOUR) }));
    // The same order again is no second one, whatever became of its terms.
    const standing = await brand.orders.requireOrder(orderId);
    expect(await brand.orders.issueOrder({ orderId, supplier: network.mspId('processor'), expiresAt: standing.expiresAt, ...termsOf(trade) })).toMatchObject({ already: true, version: 2 });
    await network.refused('brand', 'ALREADY_EXISTS', () => brand.orders.issueOrder({ orderId, supplier: network.mspId('processor'), expiresAt: standing.expiresAt, ...termsOf(trade, '120') }));
  }, TRY);

  it('a change that is refused, withdrawn or left to expire leaves the order exactly as it was; agreed, it is cancelled', async () => {
    const [brand, processor, carrier] = [await network.as('brand'), await network.as('processor'), await network.as('carrier')];
    const trade = await ordered(network, 'two-way');
    const { orderId } = trade;
    const before = await brand.orders.openOrder(orderId);
    const unchanged = async () => {
      await network.inStep();
      expect(await brand.orders.openOrder(orderId)).toEqual(before);
    };
    await brand.orders.proposeOrderAmendment({ orderId, expiresAt: ahead(HOUR), ...termsOf(trade, '7') });
    await network.inStep();
    await network.refused('carrier', 'NOT_YET', () => carrier.orders.expireOrderChange({ orderId }));
    await processor.orders.refuseOrderChange({ orderId });
    await unchanged();
    await brand.orders.proposeOrderCancellation({ orderId, expiresAt: ahead(HOUR) });
    await brand.orders.withdrawOrderChange({ orderId });
    await unchanged();
    await brand.orders.proposeOrderAmendment({ orderId, expiresAt: ahead(2_000), ...termsOf(trade, '7') });
    await network.inStep();
    await whenTime(() => carrier.orders.expireOrderChange({ orderId }));
    await unchanged();
    await network.refused('processor', 'WRONG_STATE', () => processor.orders.acceptOrderAmendment({ orderId }));
    await processor.orders.proposeOrderCancellation({ orderId, expiresAt: ahead(HOUR) });
    await network.inStep();
    expect(await brand.orders.acceptOrderCancellation({ orderId })).toMatchObject({ state: 'cancelled' });
    await network.inStep();
    await network.refused('processor', 'WRONG_STATE', (await packed(network, trade, '1')).dispatch);
  }, TRY);

  it('an order that nobody answers is ended by anyone, not before its time', async () => {
    const [brand, processor, carrier] = [await network.as('brand'), await network.as('processor'), await network.as('carrier')];
    const trade = newTrade(network);
    const { orderId } = trade;
    await brand.orders.issueOrder({ orderId, supplier: network.mspId('processor'), expiresAt: ahead(2_000), ...termsOf(trade) });
    await network.inStep();
    expect(await whenTime(() => carrier.orders.expireOrder({ orderId }))).toMatchObject({ state: 'expired' });
    await network.inStep();
    await network.refused('processor', 'WRONG_STATE', () => processor.orders.acceptOrder({ orderId }));
  }, TRY);

  it('what the buyer rejects is open again; a shipment may be refused as a whole; a recalled lot is not shipped', async () => {
    const [brand, regulator] = [await network.as('brand'), await network.as('regulator')];
    const trade = await ordered(network);
    expect(await received(network, await shipped(network, trade, '100'), '70', '30')).toMatchObject({ state: 'partly received' });
    expect(await progress(network, trade)).toEqual({ ordered: '100', shipped: '100', returned: '30', accepted: '70', invoiced: '0' });
    await network.inStep();
    await network.refused('processor', 'QUANTITY_EXCEEDED', (await packed(network, trade, '30.000001')).dispatch);
    const again = await shipped(network, trade, '30');
    expect(await received(network, again, '0', '30')).toMatchObject({ state: 'refused' });
    const { receipt } = await brand.shipments.openShipment(again.shipmentId);
    expect(receipt?.lines).toEqual([expect.objectContaining({ accepted: '0', rejected: '30' })]);
    expect(await progress(network, trade)).toEqual({ ordered: '100', shipped: '130', returned: '60', accepted: '70', invoiced: '0' });
    await network.inStep();
    const recalled = await packed(network, trade, '30');
    const recallId = `R-${recalled.shipmentId}`;
    await regulator.recalls.openRecall({ recallId, lot: recalled.lot, reasonClass: 'labelling', reason: 'The label names another harvest.' });
    await network.inStep();
    await network.refused('processor', 'RECALLED', recalled.dispatch);
  }, TRY);
}
