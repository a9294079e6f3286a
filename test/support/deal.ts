import { canonicalId, sha256Hex } from '../../model/src';
import type { TestNetwork } from './network';

const DAY = 86_400_000;
const GTIN = '09524002500012';

/** A time so many milliseconds ahead of now. */
export const ahead = (milliseconds: number): Date => new Date(Date.now() + milliseconds);

/** Ids and figures of one trade of its own, so that suites can share a network. */
export interface Deal {
  readonly orderId: string;
  /** The processor's order from the farm: the reason for passing a claim on. */
  readonly upstreamOrderId: string;
  readonly shipmentId: string;
  readonly invoiceId: string;
  readonly certificateId: string;
  readonly holdingId: string;
  /** Canonical id. */
  readonly lot: string;
  /** Face of the certificate in minor units. */
  readonly face: bigint;
  readonly unitPrice: bigint;
  readonly number: string;
}

const QUANTITY = 100n;
let deals = 0;

/** A new trade between brand and processor, of which nothing is on the ledger yet. */
export function newDeal(): Deal {
  deals += 1;
  const name = `${process.pid}-${deals}`;
  const unitPrice = 73_519n + BigInt(deals);
  return {
    orderId: `PO-${name}`,
    upstreamOrderId: `PO-F-${name}`,
    shipmentId: `DA-${name}`,
    invoiceId: `INV-${name}`,
    certificateId: `C-${name}`,
    holdingId: `H-${name}`,
    lot: canonicalId(`urn:epc:class:lgtin:9524002.050001.T-${name}`),
    face: QUANTITY * unitPrice,
    unitPrice,
    number: `HX/${name}/0815`,
  };
}

const line = { line: 1, quantity: QUANTITY.toString(), unit: 'KGM' };

/** Order, goods from three organisations' mouths, receipt. */
export async function deliver(network: TestNetwork, deal: Deal): Promise<void> {
  const [brand, processor, carrier] = [await network.as('brand'), await network.as('processor'), await network.as('carrier')];
  const { orderId, shipmentId, lot, unitPrice } = deal;
  const readers = [network.mspId('brand'), network.mspId('processor')];
  network.markers.push({ value: deal.number, label: `number of ${deal.invoiceId}`, readers }, { value: `"unitPrice":"${unitPrice}"`, label: `unit price of ${orderId}`, readers });
  await brand.orders.issueOrder({ orderId, supplier: network.mspId('processor'), expiresAt: ahead(30 * DAY), currency: 'CNY', matchPolicy: 'three-way', lines: [{ ...line, gtin: GTIN, unitPrice }] });
  await processor.orders.acceptOrder({ orderId });
  const made = event(lot, 'urn:epc:id:sgln:9524002.00200.0', 'commissioning', 6, 'ADD');
  const shipped = await processor.trace.capture(document([made, event(lot, 'urn:epc:id:sgln:9524002.00200.0', 'shipping', 5)]));
  await processor.shipments.dispatchShipment({ shipmentId, orderId, carrier: network.mspId('carrier'), lots: [lot], eventIds: [shipped.captured[1]!.eventId], lines: [{ ...line, lot }] });
  const arrived = await carrier.trace.capture(document([event(lot, 'urn:epc:id:sgln:9524004.00100.0', 'arriving', 4)]));
  await carrier.shipments.arriveShipment({ shipmentId, eventIds: [arrived.captured[0]!.eventId] });
  const received = await brand.trace.capture(document([event(lot, 'urn:epc:id:sgln:9524003.00100.0', 'receiving', 3)]));
  await brand.shipments.receiveShipment({ shipmentId, eventIds: [received.captured[0]!.eventId], lines: [{ line: 1, lot, unit: 'KGM', accepted: QUANTITY.toString(), rejected: '0' }] });
}

/** The input of the deal's invoice. */
export function invoiceOf({ invoiceId, orderId, shipmentId, unitPrice, face, number }: Deal) {
  return { invoiceId, orderId, shipmentIds: [shipmentId], number, issueDate: '2026-01-15', currency: 'CNY', lines: [{ ...line, unitPrice, amount: face }], total: face };
}

/** Invoice, accepted by two people. */
export async function invoice(network: TestNetwork, deal: Deal): Promise<void> {
  const { invoiceId } = deal;
  await (await network.as('processor')).invoices.submitInvoice(invoiceOf(deal));
  await (await network.as('brand')).invoices.approveInvoice({ invoiceId });
  await (await network.as('brand', 'checker')).invoices.acceptInvoice({ invoiceId });
}

/** The input of the deal's certificate. */
export function certificateOf(network: TestNetwork, { certificateId, invoiceId, holdingId }: Deal, dueInMs = 30 * DAY) {
  return { certificateId, supplier: network.mspId('processor'), settler: network.mspId('clearing'), invoiceIds: [invoiceId], dueDate: ahead(dueInMs), firstHoldingId: holdingId };
}

/** A certificate that is active: its whole face is one free holding of the processor. */
export async function activate(network: TestNetwork, deal: Deal, dueInMs?: number): Promise<void> {
  const { certificateId } = deal;
  await (await network.as('brand')).certificates.issueCertificate(certificateOf(network, deal, dueInMs));
  await (await network.as('brand', 'checker')).certificates.confirmCertificate({ certificateId });
  await (await network.as('processor')).certificates.acceptCertificate({ certificateId });
}

/** The inspection that finance needs. */
export async function inspect(network: TestNetwork, { lot, invoiceId }: Deal): Promise<void> {
  await (await network.as('regulator')).attestations.attest({ attestationId: `AT-${invoiceId}`, subject: { type: 'lot', id: lot }, claim: 'inspected', evidenceHash: sha256Hex(invoiceId) });
}

/** From nothing to an active certificate with its inspection. */
export async function tradeToCertificate(network: TestNetwork, dueInMs?: number): Promise<Deal> {
  const deal = newDeal();
  await deliver(network, deal);
  await invoice(network, deal);
  await inspect(network, deal);
  await activate(network, deal, dueInMs);
  return deal;
}

/** An order of the processor from the farm: the trade reference for a transfer. */
export async function orderUpstream(network: TestNetwork, { upstreamOrderId }: Deal): Promise<void> {
  const lines = [{ line: 1, gtin: '09524001200012', quantity: '10', unit: 'KGM', unitPrice: 10_000n }];
  await (await network.as('processor')).orders.issueOrder({ orderId: upstreamOrderId, supplier: network.mspId('farm'), expiresAt: ahead(30 * DAY), currency: 'CNY', matchPolicy: 'two-way', lines });
}

/** The terms of an offer to the farm. */
export function offerToFarm(network: TestNetwork, { upstreamOrderId }: Deal, holdingId: string, expiresInMs = DAY) {
  return { holdingId, receiver: network.mspId('farm'), tradeReference: { type: 'order' as const, id: upstreamOrderId }, expiresAt: ahead(expiresInMs) };
}

/** A bare EPCIS 2.0 document of these events. */
export function document(eventList: readonly object[]): object {
  return { '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'], type: 'EPCISDocument', schemaVersion: '2.0', creationDate: new Date().toISOString(), epcisBody: { eventList } };
}

/** An object event over a lot, so many hours ago. */
export function event(lot: string, readPoint: string, bizStep: string, hoursAgo: number, action: 'ADD' | 'OBSERVE' = 'OBSERVE'): object {
  return { type: 'ObjectEvent', eventTime: ahead(-hoursAgo * 3_600_000).toISOString(), eventTimeZoneOffset: '+00:00', action, bizStep, epcList: [], quantityList: [{ epcClass: lot, quantity: Number(QUANTITY), uom: 'KGM' }], readPoint: { id: readPoint } };
}
