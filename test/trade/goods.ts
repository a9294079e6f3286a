import { canonicalId } from '../../model/src';
import type { ReceiptTerms } from '../../model/src';
import { ahead, document, event } from '../support/deal';
import type { TestNetwork } from '../support/network';

const DAY = 86_400_000;
let trades = 0;

export type MatchPolicy = 'two-way' | 'three-way' | 'receipt-first';

/** An order of 100 kg between brand and processor with figures of its own, so that no two invoices look alike by accident. */
export interface Trade {
  readonly orderId: string;
  readonly name: string;
  readonly matchPolicy: MatchPolicy;
  /** Minor units a kilogram. */
  readonly unitPrice: bigint;
}

/** The lines of the order's terms. */
export function termsOf({ matchPolicy, unitPrice }: Trade, quantity = '100') {
  return { currency: 'CNY', matchPolicy, lines: [{ line: 1, gtin: '09524002500012', quantity, unit: 'KGM', unitPrice }] };
}

/** A new trade; its price is marked as sealed. */
export function newTrade(network: TestNetwork, matchPolicy: MatchPolicy = 'three-way'): Trade {
  trades += 1;
  const name = `T-${process.pid}-${trades}`;
  const unitPrice = 91_300n + BigInt(trades);
  network.markers.push({ value: `"unitPrice":"${unitPrice}"`, label: `unit price of PO-${name}`, readers: [network.mspId('brand'), network.mspId('processor')] });
  return { orderId: `PO-${name}`, name, matchPolicy, unitPrice };
}

/** The order on the ledger, accepted by its supplier. */
export async function ordered(network: TestNetwork, matchPolicy?: MatchPolicy): Promise<Trade> {
  const trade = newTrade(network, matchPolicy);
  const { orderId } = trade;
  await (await network.as('brand')).orders.issueOrder({ orderId, supplier: network.mspId('processor'), expiresAt: ahead(30 * DAY), ...termsOf(trade) });
  await (await network.as('processor')).orders.acceptOrder({ orderId });
  return trade;
}

export interface Goods {
  readonly shipmentId: string;
  readonly lot: string;
  readonly quantity: string;
}

/** Goods of the trade on their way to the buyer, at its gate. */
export async function shipped(network: TestNetwork, trade: Trade, quantity: string): Promise<Goods> {
  const goods = await packed(network, trade, quantity);
  await goods.dispatch();
  const carrier = await network.as('carrier');
  const arrived = await carrier.trace.capture(document([event(goods.lot, 'urn:epc:id:sgln:9524004.00100.0', 'arriving', 4)]));
  await carrier.shipments.arriveShipment({ shipmentId: goods.shipmentId, eventIds: [arrived.captured[0]!.eventId] });
  return goods;
}

/** Goods of the trade with their shipping event, not yet handed over. */
export async function packed(network: TestNetwork, { orderId, name }: Trade, quantity: string): Promise<Goods & { dispatch(): Promise<unknown> }> {
  trades += 1;
  const shipmentId = `DA-${name}-${trades}`;
  const lot = canonicalId(`urn:epc:class:lgtin:9524002.050001.${name}-${trades}`);
  const processor = await network.as('processor');
  const place = 'urn:epc:id:sgln:9524002.00200.0';
  const made = await processor.trace.capture(document([event(lot, place, 'commissioning', 6, 'ADD'), event(lot, place, 'shipping', 5)]));
  const dispatch = () => processor.shipments.dispatchShipment({ shipmentId, orderId, carrier: network.mspId('carrier'), lots: [lot], eventIds: [made.captured[1]!.eventId], lines: [{ line: 1, lot, quantity, unit: 'KGM' }] });
  return { shipmentId, lot, quantity, dispatch };
}

/** The buyer takes the goods in, or refuses them. */
export async function received(network: TestNetwork, { shipmentId, lot }: Goods, accepted: string, rejected: string): Promise<{ readonly state: string }> {
  const brand = await network.as('brand');
  const events = await brand.trace.capture(document([event(lot, 'urn:epc:id:sgln:9524003.00100.0', 'receiving', 3)]));
  const lines: ReceiptTerms['lines'] = [{ line: 1, lot, unit: 'KGM', accepted, rejected }];
  return brand.shipments.receiveShipment({ shipmentId, eventIds: [events.captured[0]!.eventId], lines });
}

/** An order of which all 100 kg were accepted. */
export async function delivered(network: TestNetwork, matchPolicy?: MatchPolicy): Promise<{ readonly trade: Trade; readonly goods: Goods }> {
  const trade = await ordered(network, matchPolicy);
  const goods = await shipped(network, trade, '100');
  await received(network, goods, '100', '0');
  return { trade, goods };
}

/** The input of an invoice over so many kilograms. */
export function invoiceOf(network: TestNetwork, { orderId, unitPrice, name }: Trade, shipmentIds: readonly string[], quantity = 100n, price = unitPrice) {
  trades += 1;
  const number = `HX/${name}/${trades}`;
  network.markers.push({ value: number, label: `number of ${name}-${trades}`, readers: [network.mspId('brand'), network.mspId('processor')] });
  const amount = quantity * price;
  return { invoiceId: `INV-${name}-${trades}`, orderId, shipmentIds: [...shipmentIds], number, issueDate: '2026-01-15', currency: 'CNY', lines: [{ line: 1, quantity: quantity.toString(), unit: 'KGM', unitPrice: price, amount }], total: amount };
}

export type InvoiceInput = ReturnType<typeof invoiceOf>;

/** What the order counts as shipped, returned, accepted and invoiced on its line. */
export async function progress(network: TestNetwork, { orderId }: Trade): Promise<Record<string, unknown>> {
  const { quantities } = await (await network.as('brand')).orders.openOrder(orderId);
  const [line] = quantities!.lines;
  return { ordered: line!.ordered, shipped: line!.shipped, returned: line!.returned, accepted: line!.accepted, invoiced: line!.invoiced };
}
