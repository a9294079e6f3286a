import { sha256Hex } from '../../model/src';
import { ahead, document, event } from '../support/deal';
import type { TestNetwork } from '../support/network';
import { whenTime } from '../support/time';
import { bring, BROUGHT, HOUR, newLot, receiptOf, report, storeAll, TRY } from './goods';
import type { Stored } from './goods';

/** Warehouse receipts: issued over what came, once; divided, passed on, delivered, lost. */
export function receiptsSuite(network: TestNetwork): void {
  let divided: Stored, dispatched: Stored, moved: Stored, missing: Stored, spoilt: Stored, descended: Stored, expired: Stored;
  beforeAll(async () => {
    [divided, dispatched, moved, missing, spoilt, descended, expired] = (await storeAll(network, [{}, {}, {}, {}, { temperature: { min: -200, max: 80 } }, {}, { goodsExpireAt: ahead(25_000) }])) as [Stored, Stored, Stored, Stored, Stored, Stored, Stored];
  }, TRY);

  it('is issued by two people of the warehouse over what its own event brought, and lives by the consent of the depositor', async () => {
    const [maker, checker, processor, brand] = [await network.as('carrier'), await network.as('carrier', 'checker'), await network.as('processor'), await network.as('brand')];
    const stored = await bring(network);
    const { receiptId, lot } = stored;
    const draft = receiptOf(network, stored, '60.5');
    network.markers.push({ value: '"quantity":"60.5"', label: 'quantity of a receipt', readers: ['carrier', 'processor', 'farm'].map((slug) => network.mspId(slug as 'carrier')) });
    await network.refused('processor', ['WRONG_ROLE', 'NOT_A_PARTY'], () => processor.receipts.draftReceipt(draft));
    await network.refused('carrier', 'INVALID_INPUT', () => maker.receipts.draftReceipt({ ...draft, depositor: network.mspId('carrier') }));
    await network.refused('carrier', 'INVALID_INPUT', () => maker.receipts.draftReceipt({ ...draft, unit: 'EA' }));
    await network.refused('carrier', 'QUANTITY_EXCEEDED', () => maker.receipts.draftReceipt({ ...draft, quantity: '100.000001' }));
    expect(await maker.receipts.draftReceipt(draft)).toMatchObject({ state: 'draft', lot, owner: network.mspId('processor') });
    expect(await maker.receipts.draftReceipt(draft)).toMatchObject({ already: true });
    await network.refused('carrier', 'ALREADY_EXISTS', () => maker.receipts.draftReceipt({ ...draft, quantity: '60' }));
    await network.refused('carrier', 'WRONG_ROLE', () => maker.receipts.issueReceipt({ receiptId }));
    await network.refused('processor', 'WRONG_STATE', () => processor.receipts.acceptReceipt({ receiptId }));
    await checker.receipts.issueReceipt({ receiptId });
    await network.inStep();
    await network.refused('brand', 'NOT_A_PARTY', () => brand.receipts.acceptReceipt({ receiptId }));
    expect(await processor.receipts.acceptReceipt({ receiptId })).toMatchObject({ state: 'active' });
    await network.inStep();
    expect((await processor.receipts.openReceipt(receiptId)).terms).toMatchObject({ quantity: '60.5', unit: 'KGM' });
    expect((await brand.receipts.openReceipt(receiptId)).terms).toBeUndefined();
  }, TRY);

  it('a quantity is in one receipt only: a second one over the same goods is refused, until the first is refused or withdrawn', async () => {
    const [maker, checker, processor] = [await network.as('carrier'), await network.as('carrier', 'checker'), await network.as('processor')];
    const stored = await bring(network);
    const second = { ...receiptOf(network, stored), receiptId: `${stored.receiptId}-2` };
    await maker.receipts.draftReceipt(receiptOf(network, stored, '60'));
    await network.refused('carrier', 'QUANTITY_EXCEEDED', () => maker.receipts.draftReceipt(second));
    await network.refused('carrier', 'NOT_A_PARTY', () => maker.receipts.draftReceipt({ ...second, depositor: network.mspId('brand'), quantity: '40' }));
    await maker.receipts.draftReceipt({ ...second, quantity: '40' });
    await network.refused('carrier', 'QUANTITY_EXCEEDED', () => maker.receipts.draftReceipt({ ...second, receiptId: `${stored.receiptId}-3`, quantity: '0.000001' }));
    await maker.receipts.withdrawReceipt({ receiptId: second.receiptId });
    await checker.receipts.issueReceipt({ receiptId: stored.receiptId });
    await network.inStep();
    await processor.receipts.refuseReceipt({ receiptId: stored.receiptId });
    await network.inStep();
    await maker.receipts.draftReceipt({ ...second, receiptId: `${stored.receiptId}-3` });
    await network.refused('carrier', 'EVIDENCE_MISSING', async () => maker.receipts.draftReceipt({ ...second, receiptId: `${stored.receiptId}-4`, eventId: await report(network, 'carrier', stored.lot, 'shipping', 1) }));
    await network.refused('carrier', 'EVIDENCE_MISSING', async () => maker.receipts.draftReceipt({ ...second, receiptId: `${stored.receiptId}-4`, eventId: await report(network, 'processor', stored.lot, 'receiving', 1) }));
  }, TRY);

  it('of two receipts that race for the same goods one is drafted', async () => {
    const maker = await network.as('carrier');
    const stored = await bring(network);
    const outcomes = await Promise.allSettled(['a', 'b'].map((name) => maker.receipts.draftReceipt({ ...receiptOf(network, stored, '70'), receiptId: `${stored.receiptId}-${name}` })));
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [(outcome.reason as { code: string }).code] : []))).toEqual(['QUANTITY_EXCEEDED']);
  }, TRY);

  it('is divided and joined exactly, and passed on in two steps', async () => {
    const [processor, farm, brand] = [await network.as('processor'), await network.as('farm'), await network.as('brand')];
    const { receiptId, lot } = divided;
    const part = (name: string) => `${receiptId}-${name}`;
    const parts = [{ receiptId: part('a'), quantity: '33.3' }, { receiptId: part('b'), quantity: '66.7' }];
    await network.refused('processor', 'AMOUNT_MISMATCH', () => processor.receipts.splitReceipt({ receiptId, parts: [parts[0]!, { ...parts[1]!, quantity: '66.699999' }] }));
    await network.refused('farm', ['NOT_A_PARTY', 'OPENING_REQUIRED'], () => farm.receipts.splitReceipt({ receiptId, parts }));
    expect(await processor.receipts.splitReceipt({ receiptId, parts })).toMatchObject({ parent: { state: 'spent' }, parts: [{ state: 'active' }, { state: 'active' }] });
    expect(await processor.receipts.splitReceipt({ receiptId, parts })).toMatchObject({ already: true });
    await network.refused('processor', 'WRONG_STATE', () => processor.receipts.offerReceipt({ receiptId, receiver: network.mspId('farm'), expiresAt: ahead(HOUR) }));
    const before = await processor.receipts.openReceipt(part('a'));
    const offer = { receiptId: part('a'), receiver: network.mspId('farm'), expiresAt: ahead(HOUR) };
    await network.refused('processor', 'INVALID_INPUT', () => processor.receipts.offerReceipt({ ...offer, receiver: network.mspId('carrier') }));
    for (const how of ['refuse', 'withdraw', 'expire'] as const) {
      await processor.receipts.offerReceipt({ ...offer, expiresAt: ahead(how === 'expire' ? 3_000 : HOUR) });
      await network.inStep();
      await network.refused('processor', 'WRONG_STATE', () => processor.receipts.offerReceipt(offer));
      if (how === 'refuse') await farm.receipts.refuseReceiptOffer({ receiptId: offer.receiptId });
      if (how === 'withdraw') await processor.receipts.withdrawReceiptOffer({ receiptId: offer.receiptId });
      if (how === 'expire') await whenTime(() => brand.receipts.expireReceiptOffer({ receiptId: offer.receiptId }));
      await network.inStep();
      expect(await processor.receipts.openReceipt(part('a'))).toEqual(before);
    }
    expect(await processor.receipts.mergeReceipts({ receiptIds: [part('a'), part('b')], into: part('c') })).toMatchObject({ whole: { state: 'active' } });
    await processor.receipts.offerReceipt({ ...offer, receiptId: part('c') });
    await network.inStep();
    await network.refused('brand', 'NOT_A_PARTY', () => brand.receipts.acceptReceiptOffer({ receiptId: part('c') }));
    await farm.receipts.acceptReceiptOffer({ receiptId: part('c') });
    await network.inStep();
    expect(await farm.receipts.openReceipt(part('c'))).toMatchObject({ owner: network.mspId('farm'), terms: { quantity: BROUGHT } });
    expect((await processor.receipts.openReceipt(part('c'))).terms).toBeUndefined();
    const live: string[] = [];
    for await (const receipt of brand.receipts.receiptsOf({ lot })) live.push(receipt.id);
    expect(live).toEqual([part('c')]);
  }, TRY);

  it('goods in store are not dispatched before the warehouse has delivered them', async () => {
    const [brand, processor, carrier] = [await network.as('brand'), await network.as('processor'), await network.as('carrier')];
    const { receiptId, lot } = dispatched;
    const orderId = `PO-${receiptId}`;
    const line = { line: 1, quantity: BROUGHT, unit: 'KGM' };
    await brand.orders.issueOrder({ orderId, supplier: network.mspId('processor'), expiresAt: ahead(HOUR), currency: 'CNY', matchPolicy: 'two-way', lines: [{ ...line, gtin: '09524002500012', unitPrice: 5n }] });
    await network.inStep();
    await processor.orders.acceptOrder({ orderId });
    const eventId = await report(network, 'processor', lot, 'shipping', 1);
    const dispatch = () => processor.shipments.dispatchShipment({ shipmentId: `DA-${receiptId}`, orderId, carrier: network.mspId('carrier'), lots: [lot], eventIds: [eventId], lines: [{ ...line, lot }] });
    await network.refused('processor', 'PLEDGED', dispatch);
    const delivered = await report(network, 'carrier', lot, 'shipping', 2);
    await network.refused('processor', ['WRONG_ROLE', 'NOT_A_PARTY'], () => processor.receipts.deliverReceipt({ receiptId, eventIds: [delivered] }));
    await network.refused('carrier', 'EVIDENCE_MISSING', () => carrier.receipts.deliverReceipt({ receiptId, eventIds: [eventId] }));
    await carrier.receipts.deliverReceipt({ receiptId, eventIds: [delivered] });
    await network.inStep();
    expect(await processor.receipts.closeReceipt({ receiptId })).toMatchObject({ state: 'closed' });
    await dispatch();
    await network.refused('carrier', 'QUANTITY_EXCEEDED', async () => carrier.receipts.draftReceipt({ ...receiptOf(network, await existing(receiptId, lot)), receiptId: `${receiptId}-again` }));
  }, TRY);

  it('goods are brought to another warehouse by the unbroken custody of a carrier', async () => {
    const [processor, carrier, farm] = [await network.as('processor'), await network.as('carrier'), await network.as('farm')];
    const { receiptId, lot } = moved;
    const eventIds = [await report(network, 'carrier', lot, 'shipping', 3)];
    const transit = { receiptId, carrier: network.mspId('carrier'), destination: network.mspId('farm'), eventIds, dueAt: ahead(HOUR) };
    await network.refused('carrier', 'WRONG_ROLE', () => carrier.receipts.shipReceipt({ ...transit, destination: network.mspId('bank') }));
    expect(await carrier.receipts.shipReceipt(transit)).toMatchObject({ state: 'in transit', destination: network.mspId('farm') });
    await network.inStep();
    const brought = await report(network, 'farm', lot, 'receiving', 1);
    await network.refused('farm', 'EVIDENCE_MISSING', () => farm.receipts.arriveReceipt({ receiptId, eventId: brought }));
    await network.refused('carrier', 'EVIDENCE_MISSING', async () => carrier.receipts.takeCustody({ receiptId, eventIds: [await report(network, 'carrier', lot, 'loading', 4)] }));
    await carrier.receipts.takeCustody({ receiptId, eventIds: [await report(network, 'carrier', lot, 'loading', 2.5)] });
    await network.inStep();
    await network.refused('farm', 'EVIDENCE_MISSING', () => farm.receipts.arriveReceipt({ receiptId, eventId: brought }));
    await carrier.receipts.takeCustody({ receiptId, eventIds: [await report(network, 'carrier', lot, 'arriving', 2)] });
    await network.inStep();
    await network.refused('carrier', 'NOT_A_PARTY', () => carrier.receipts.arriveReceipt({ receiptId, eventId: brought }));
    expect(await farm.receipts.arriveReceipt({ receiptId, eventId: brought })).toMatchObject({ state: 'active', warehouse: network.mspId('farm') });
    await network.inStep();
    expect((await processor.receipts.openReceipt(receiptId)).terms).toMatchObject({ quantity: BROUGHT, warehouse: network.mspId('farm') });
    await network.refused('farm', 'QUANTITY_EXCEEDED', () => farm.receipts.draftReceipt({ ...receiptOf(network, { receiptId: `${receiptId}-again`, lot, eventId: brought }), quantity: '1' }));
  }, TRY);

  it('what never arrives is a gap in custody, and may be reported as lost', async () => {
    const [carrier, brand] = [await network.as('carrier'), await network.as('brand')];
    const { receiptId, lot } = missing;
    await carrier.receipts.shipReceipt({ receiptId, carrier: network.mspId('carrier'), destination: network.mspId('farm'), eventIds: [await report(network, 'carrier', lot, 'shipping', 3)], dueAt: ahead(2_500) });
    await network.inStep();
    let standing = await brand.receipts.receiptStanding(receiptId);
    while (!standing.held) standing = await brand.receipts.receiptStanding(receiptId);
    expect(standing.causes).toMatchObject([{ kind: 'custody' }]);
    await network.refused('brand', ['WRONG_ROLE', 'NOT_A_PARTY'], () => brand.receipts.reportLoss({ receiptId, evidenceHash: sha256Hex('x') }));
    expect(await carrier.receipts.reportLoss({ receiptId, evidenceHash: sha256Hex(receiptId) })).toMatchObject({ state: 'lost', loss: { evidenceHash: sha256Hex(receiptId) } });
  }, TRY);

  it('goods are held by a breach of the lot or of what went into it, and only as long as the event that tells of it counts', async () => {
    const [brand, processor, regulator] = [await network.as('brand'), await network.as('processor'), await network.as('regulator')];
    const { receiptId, lot } = spoilt;
    const sensor = (value: number) => ({ sensorElementList: [{ sensorReport: [{ type: 'Temperature', value, uom: 'CEL' }] }] });
    const hold = (eventId: string, way?: { from: string; eventId: string }[]) => brand.receipts.holdReceipt({ receiptId, eventId, ...(way === undefined ? {} : { way }) });
    await network.refused('brand', 'EVIDENCE_MISSING', () => brand.receipts.holdReceipt({ receiptId }));
    await network.refused('brand', 'EVIDENCE_MISSING', async () => hold(await report(network, 'carrier', lot, 'storing', 1, sensor(8))));
    // The processor keeps nothing of it now: its word does not hold the goods of the warehouse.
    await network.refused('brand', 'EVIDENCE_MISSING', async () => hold(await report(network, 'processor', lot, 'storing', 1, { disposition: 'damaged' })));
    const breach = { ...event(lot, 'urn:epc:id:sgln:9524004.00100.0', 'storing', 1), ...sensor(8.1) };
    const capture = async (told: object) => (await (await network.as('carrier')).trace.capture(document([told]))).captured[0]!.eventId;
    expect(await hold(await capture(breach))).toMatchObject({ state: 'held', hold: { prior: 'active' } });
    await network.inStep();
    expect((await brand.receipts.receiptStanding(receiptId)).causes).toMatchObject([{ kind: 'temperature' }]);
    await network.refused('processor', ['WRONG_STATE', 'HELD'], () => processor.receipts.offerReceipt({ receiptId, receiver: network.mspId('farm'), expiresAt: ahead(HOUR) }));
    await network.refused('brand', 'HELD', () => brand.receipts.releaseHold({ receiptId }));
    await capture({ ...breach, errorDeclaration: { declarationTime: new Date().toISOString(), reason: 'incorrect_data' } });
    await network.inStep();
    expect(await brand.receipts.releaseHold({ receiptId })).toMatchObject({ state: 'active' });
    const second = descended;
    const ancestor = newLot();
    const told = await report(network, 'regulator', ancestor, 'inspecting', 4, { disposition: 'non_conformant' });
    const cooked = { type: 'TransformationEvent', eventTime: ahead(-3 * HOUR).toISOString(), eventTimeZoneOffset: '+00:00', bizStep: 'creating_class_instance', inputQuantityList: [{ epcClass: ancestor, quantity: 50, uom: 'KGM' }], outputQuantityList: [{ epcClass: second.lot, quantity: 100, uom: 'KGM' }], readPoint: { id: 'urn:epc:id:sgln:9524002.00200.0' } };
    const { captured } = await processor.trace.capture({ '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'], type: 'EPCISDocument', schemaVersion: '2.0', creationDate: new Date().toISOString(), epcisBody: { eventList: [cooked] } });
    await network.inStep();
    const way = [{ from: ancestor, eventId: captured[0]!.eventId }];
    await network.refused('regulator', 'EVIDENCE_MISSING', () => regulator.receipts.holdReceipt({ receiptId: second.receiptId, eventId: told }));
    expect(await regulator.receipts.holdReceipt({ receiptId: second.receiptId, eventId: told, way })).toMatchObject({ state: 'held' });
    await network.refused('regulator', 'HELD', () => regulator.receipts.releaseHold({ receiptId: second.receiptId }));
  }, TRY);

  it('goods that expire are worth nothing from then on', async () => {
    const processor = await network.as('processor');
    const { receiptId } = expired;
    let standing = await processor.receipts.receiptStanding(receiptId);
    while (!standing.held) standing = await processor.receipts.receiptStanding(receiptId);
    expect(standing.causes).toMatchObject([{ kind: 'expiry' }]);
    await network.refused('processor', 'HELD', () => processor.receipts.offerReceipt({ receiptId, receiver: network.mspId('farm'), expiresAt: ahead(HOUR) }));
    expect(await processor.receipts.holdReceipt({ receiptId })).toMatchObject({ state: 'held' });
  }, TRY);

  /** The delivery behind a receipt, by the deposit that the ledger names. */
  async function existing(receiptId: string, lot: string): Promise<Stored> {
    const deposits = Object.values(await network.objects()) as { readonly eventId?: string; readonly depositor?: string; readonly lot?: string }[];
    return { receiptId, lot, eventId: deposits.find((each) => each?.depositor !== undefined && each.lot === lot && each.eventId !== undefined)!.eventId! };
  }
}
