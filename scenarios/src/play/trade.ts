import { canonicalId, sha256Hex } from '@dualchain/model';
import { capture, inspectionFile } from './goods';
import type { Stage } from './stage';
import type { Chapter } from './step';

const DAY = 86_400_000;

/** A time so many days ahead: offers and orders of the story do not expire while it is played. */
export function daysAhead(days: number): Date {
  return new Date(Date.now() + days * DAY);
}

/** Buyer orders from processor, processor orders from farm. */
export const orders: Chapter<'orders'> = {
  name: 'orders',
  title: 'Two orders',
  text: 'Prices and quantities are sealed between buyer and supplier; the channel sees that an order exists, not what it is worth.',
  async *steps(stage) {
    const { story } = stage;
    for (const { id, buyer, supplier, matchPolicy, lines } of story.orders) {
      const terms = { currency: story.currency, matchPolicy, lines: lines.map(({ description: _, ...line }) => line) };
      yield await stage.take({ name: `issueOrder ${id}`, actor: buyer, verb: 'orders.issueOrder', title: `orders from the ${supplier}: ${id}` }, (client) => client.orders.issueOrder({ orderId: id, supplier: stage.mspId(supplier), expiresAt: daysAhead(30), ...terms }));
      yield await stage.take({ name: `acceptOrder ${id}`, actor: supplier, verb: 'orders.acceptOrder', title: `accepts ${id}` }, (client) => client.orders.acceptOrder({ orderId: id }));
    }
  },
};

/** Each step of the shipment rests on an event that its own organisation reported. */
export const shipment: Chapter<'shipment'> = {
  name: 'shipment',
  title: 'Three organisations report one shipment',
  text: 'Nobody invoices on its own word: supplier, carrier and buyer each report what they saw, and each step checks the events behind it.',
  async *steps(stage) {
    const { id, order, carrier, lines, shippingFile, arrivalFile, receivingFile } = stage.story.shipment;
    const { buyer, supplier } = orderOf(stage, order);
    yield await capture(stage, shippingFile);
    yield await stage.take({ name: `dispatchShipment ${id}`, actor: supplier, verb: 'shipments.dispatchShipment', title: `hands shipment ${id} to the ${carrier}` }, (client) =>
      client.shipments.dispatchShipment({
        shipmentId: id,
        orderId: order,
        carrier: stage.mspId(carrier),
        lots: lines.map(({ lot }) => canonicalId(lot)),
        eventIds: idsOf(stage, shippingFile),
        lines: lines.map(({ line, lot, quantity, unit }) => ({ line, lot: canonicalId(lot), quantity, unit })),
      }),
    );
    yield await capture(stage, arrivalFile);
    yield await stage.take({ name: `arriveShipment ${id}`, actor: carrier, verb: 'shipments.arriveShipment', title: `brings ${id} to the ${buyer}` }, (client) => client.shipments.arriveShipment({ shipmentId: id, eventIds: idsOf(stage, arrivalFile) }));
    yield await capture(stage, receivingFile);
    yield await stage.take({ name: `receiveShipment ${id}`, actor: buyer, verb: 'shipments.receiveShipment', title: `takes ${id} in, everything accepted` }, (client) =>
      client.shipments.receiveShipment({ shipmentId: id, eventIds: idsOf(stage, receivingFile), lines: lines.map(({ line, lot, accepted, rejected, unit }) => ({ line, lot: canonicalId(lot), accepted, rejected, unit })) }),
    );
    const inspection = inspectionFile(stage);
    if (inspection !== undefined) yield await capture(stage, inspection);
    const { attestation, lots } = stage.story;
    yield await stage.take({ name: `attest ${attestation.id}`, actor: attestation.author, verb: 'attestations.attest', title: `attests: lot ${attestation.claim}` }, (client) =>
      client.attestations.attest({ attestationId: attestation.id, subject: { type: 'lot', id: canonicalId(lots[attestation.subject]) }, claim: attestation.claim, evidenceHash: sha256Hex(attestation.evidence) }),
    );
  },
};

/** Invoice, matched three ways, accepted by two people. */
export const invoice: Chapter<'invoice'> = {
  name: 'invoice',
  title: 'An invoice that cannot be taken back',
  text: 'Matched with order and receipt by the chaincode; one person of the brand proposes, another accepts. From here the debt is unconditional.',
  async *steps(stage) {
    const planned = stage.story.invoice;
    const { buyer, supplier } = orderOf(stage, planned.order);
    yield await stage.take({ name: `submitInvoice ${planned.id}`, actor: supplier, verb: 'invoices.submitInvoice', title: `invoices ${planned.order}: ${planned.id}` }, (client) => client.invoices.submitInvoice(invoiceParameters(stage, planned.id)));
    yield await stage.take({ name: `approveInvoice ${planned.id}`, actor: buyer, verb: 'invoices.approveInvoice', title: `proposes to accept ${planned.id}` }, (client) => client.invoices.approveInvoice({ invoiceId: planned.id }));
    yield await stage.take({ name: `acceptInvoice ${planned.id}`, actor: buyer, user: 'checker', verb: 'invoices.acceptInvoice', title: `accepts ${planned.id}: it owes the money now` }, (client) => client.invoices.acceptInvoice({ invoiceId: planned.id }));
  },
};

/** The story's invoice under an id. */
export function invoiceParameters(stage: Stage, invoiceId: string) {
  const { number, issueDate, order, shipments, lines, total } = stage.story.invoice;
  return { invoiceId, orderId: order, shipmentIds: [...shipments], number, issueDate, currency: stage.story.currency, lines: lines.map((line) => ({ ...line })), total };
}

function orderOf(stage: Stage, id: string): Stage['story']['orders'][number] {
  const order = stage.story.orders.find((each) => each.id === id);
  if (order === undefined) throw new RangeError(`The story has no order ${id}.`);
  return order;
}

/** Ids of the events of a document that was captured. */
function idsOf(stage: Stage, file: string): string[] {
  return [...(stage.eventIds.get(file) ?? [])];
}
