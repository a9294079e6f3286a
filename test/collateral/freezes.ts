import { ahead } from '../support/deal';
import type { TestNetwork } from '../support/network';
import { BROUGHT, HOUR, loanOf, pledgeAll, report, storeAll, TRY } from './goods';
import type { Stored } from './goods';

/** Orders of the authority over warehouse receipts. */
export function freezesSuite(network: TestNetwork): void {
  let free: Stored;
  let pledged: Stored & { readonly pledgeId: string };
  const order = (receiptId: string, orderId: string) => ({ receiptId, orderId, reason: 'fraud investigation' as const, endsAt: ahead(HOUR) });
  const lift = async (scopeId: string, orderId: string) => {
    await (await network.as('regulator')).freezes.liftFreeze({ scopeType: 'receipt', scopeId, orderId, liftedBy: `${orderId}-lifted` });
    await network.inStep();
  };

  beforeAll(async () => {
    const [first, second] = await storeAll(network, [{}, {}]);
    free = first!;
    [pledged] = (await pledgeAll(network, [second!], [{ cureHours: 0 }])) as [typeof pledged];
  }, 2 * TRY);

  it('needs neither the warehouse nor the owner, and only the authority orders', async () => {
    const wanted = order(free.receiptId, 'FR-1');
    for (const slug of ['carrier', 'processor', 'bank'] as const) {
      const user = await network.as(slug);
      await network.refused(slug, 'WRONG_ROLE', () => user.freezes.freezeReceipt(wanted));
    }
    const regulator = await network.as('regulator');
    await regulator.freezes.freezeReceipt({ ...wanted, witness: network.mspId('clearing') });
    expect(await regulator.freezes.freezeReceipt(wanted)).toMatchObject({ state: 'in force', scopeType: 'receipt', already: true });
    await network.refused('regulator', 'ALREADY_EXISTS', () => regulator.freezes.freezeReceipt({ ...wanted, reason: 'tax' }));
    await network.inStep();
    const step = (await network.ledgers())[0]!.steps.find(({ verb }) => verb === 'freezeReceipt')!;
    expect([...step.endorsers].sort()).toEqual([network.mspId('clearing'), network.mspId('regulator')]);
    expect(step.changes.map(({ type }) => type)).toEqual(['freeze']);
  }, TRY);

  it('a frozen receipt is not divided, offered, pledged, sent on or delivered', async () => {
    const [processor, carrier] = [await network.as('processor'), await network.as('carrier')];
    const { receiptId, lot } = free;
    const before = await processor.receipts.openReceipt(receiptId);
    const eventIds = [await report(network, 'carrier', lot, 'shipping', 1)];
    const half = (Number(BROUGHT) / 2).toString();
    const refused = await network.refused('processor', 'FROZEN', () => processor.receipts.splitReceipt({ receiptId, parts: [{ receiptId: `${receiptId}-1`, quantity: half }, { receiptId: `${receiptId}-2`, quantity: half }] }));
    expect(refused.details).toMatchObject({ scopeType: 'receipt', scopeId: receiptId, orderId: 'FR-1' });
    await network.refused('processor', 'FROZEN', () => processor.receipts.offerReceipt({ receiptId, receiver: network.mspId('farm'), expiresAt: ahead(HOUR) }));
    await network.refused('processor', 'FROZEN', () => processor.receiptPledges.draftReceiptPledge(loanOf(network, free)));
    await network.refused('carrier', 'FROZEN', () => carrier.receipts.shipReceipt({ receiptId, carrier: network.mspId('carrier'), destination: network.mspId('farm'), eventIds, dueAt: ahead(HOUR) }));
    await network.refused('carrier', 'FROZEN', () => carrier.receipts.deliverReceipt({ receiptId, eventIds }));
    expect(await processor.receipts.openReceipt(receiptId)).toEqual(before);
  }, TRY);

  it('an offer that was under way is not accepted, and goes back to its owner', async () => {
    const [processor, farm, regulator] = [await network.as('processor'), await network.as('farm'), await network.as('regulator')];
    const { receiptId } = free;
    await lift(receiptId, 'FR-1');
    const before = await processor.receipts.openReceipt(receiptId);
    await processor.receipts.offerReceipt({ receiptId, receiver: network.mspId('farm'), expiresAt: ahead(HOUR) });
    await regulator.freezes.freezeReceipt(order(receiptId, 'FR-2'));
    await network.inStep();
    await network.refused('farm', 'FROZEN', () => farm.receipts.acceptReceiptOffer({ receiptId }));
    await processor.receipts.withdrawReceiptOffer({ receiptId });
    await network.inStep();
    expect(await processor.receipts.openReceipt(receiptId)).toEqual(before);
    await lift(receiptId, 'FR-2');
    const orders: string[] = [];
    for await (const { orderId, state } of regulator.freezes.freezesOf({ scopeType: 'receipt', scopeId: receiptId })) orders.push(`${orderId} ${state}`);
    expect(orders).toEqual(['FR-1 lifted', 'FR-2 lifted']);
  }, TRY);

  it('the goods of a loan that they no longer cover are sold only when the order is over', async () => {
    const [bank, clearing, regulator] = [await network.as('bank'), await network.as('clearing'), await network.as('regulator')];
    const { receiptId, pledgeId } = pledged;
    await bank.receiptPledges.callMargin({ pledgeId, valuationId: 'V-1', unitValue: 1n });
    await regulator.freezes.freezeReceipt(order(receiptId, 'FR-3'));
    await network.inStep();
    await network.refused('bank', 'FROZEN', () => bank.receiptPledges.liquidateReceiptPledge({ pledgeId }));
    await lift(receiptId, 'FR-3');
    expect(await bank.receiptPledges.liquidateReceiptPledge({ pledgeId })).toMatchObject({ state: 'liquidating' });
    await regulator.freezes.freezeReceipt(order(receiptId, 'FR-4'));
    await network.inStep();
    const sale = { pledgeId, buyer: network.mspId('farm'), paymentReference: `SALE-${pledgeId}` };
    await network.refused('clearing', 'FROZEN', () => clearing.receiptPledges.attestProceeds(sale));
    await lift(receiptId, 'FR-4');
    expect(await clearing.receiptPledges.attestProceeds(sale)).toMatchObject({ state: 'liquidated', buyer: network.mspId('farm') });
  }, TRY);
}
