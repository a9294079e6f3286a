import { canonicalId } from '../../../model/src';
import { mspIdOf } from '../../support/organisations';
import { ahead, document, event } from '../../support/deal';
import type { Slug } from '../../support/network';
import type { PlannedInvoice } from './book';
import { DAY } from './calendar';
import type { Deal } from './deal';
import { checker } from './step';

/** How an order comes to accepted invoices. */
export type InvoiceStory = 'clean' | 'two' | 'look-alike' | 'amended order' | 'too dear' | 'waived' | DisputeStory;
/** How a disputed invoice ends. */
export type DisputeStory = 'part cancelled' | 'part upheld' | 'credited' | 'upheld' | 'submitted anew';

export const disputeStories: readonly [DisputeStory, ...DisputeStory[]] = ['part cancelled', 'part upheld', 'credited', 'upheld', 'submitted anew'];

/** Kilograms of every order. */
const QUANTITY = 100n;
const UNIT = 'KGM';

/** Sites where goods of this consortium are made and taken in. */
export const sites = {
  processor: 'urn:epc:id:sgln:9524002.00200.0',
  farm: 'urn:epc:id:sgln:9524001.00300.0',
  carrier: 'urn:epc:id:sgln:9524004.00100.0',
  brand: 'urn:epc:id:sgln:9524003.00100.0',
} as const satisfies Partial<Record<Slug, string>>;

/** What the suppliers make. */
const gtins = { processor: '09524002500012', farm: '09524001500013' } as const;

/** A lot of what a supplier makes. */
export function lotOf(supplier: Slug, name: string): string {
  return canonicalId(`urn:epc:class:lgtin:${supplier === 'farm' ? '9524001' : '9524002'}.050001.${name}`);
}

/** Place of an organisation that makes, carries or takes in goods. */
function siteOf(slug: Slug): string {
  return slug in sites ? sites[slug as keyof typeof sites] : sites.carrier;
}

/** Order, goods where they are shown to the ledger, and invoices that the obligor owes without condition. */
export function trade(deal: Deal, story: InvoiceStory): void {
  const { obligor, supplier, orderId, unitPrice } = deal;
  const terms = (quantity: bigint) => ({ currency: 'CNY', matchPolicy: deal.lot === undefined ? ('two-way' as const) : ('three-way' as const), lines: [{ line: 1, gtin: gtins[supplier === 'farm' ? 'farm' : 'processor'], quantity: quantity.toString(), unit: UNIT, unitPrice }] });
  const ordered = story === 'amended order' ? QUANTITY / 2n : QUANTITY;
  deal.do(obligor, 'issueOrder', orderId, (client) => client.orders.issueOrder({ orderId, supplier: mspIdOf(supplier), expiresAt: ahead(60 * DAY), ...terms(ordered) }));
  deal.do(supplier, 'acceptOrder', orderId, (client) => client.orders.acceptOrder({ orderId }));
  if (story === 'amended order') {
    deal.do(obligor, 'proposeOrderAmendment', orderId, (client) => client.orders.proposeOrderAmendment({ orderId, expiresAt: ahead(5 * DAY), ...terms(QUANTITY) }));
    deal.do(supplier, 'acceptOrderAmendment', orderId, (client) => client.orders.acceptOrderAmendment({ orderId }));
  }
  if (deal.lot !== undefined) deliver(deal, deal.lot);
  invoices[story](deal);
}

/** Goods from the mouths of three organisations, and their receipt. */
function deliver(deal: Deal, lot: string): void {
  const { obligor, supplier, orderId } = deal;
  const shipmentId = shipmentOf(deal);
  const line = { line: 1, lot, unit: UNIT };
  let eventIds: string[] = [];
  deal.do(supplier, 'captureEvents', `made and shipped ${lot}`, async (client) => {
    const { captured } = await client.trace.capture(document([event(lot, siteOf(supplier), 'commissioning', 6, 'ADD'), event(lot, siteOf(supplier), 'shipping', 5)]));
    eventIds = captured.slice(1).map(({ eventId }) => eventId);
  });
  deal.do(supplier, 'dispatchShipment', shipmentId, (client) => client.shipments.dispatchShipment({ shipmentId, orderId, carrier: mspIdOf('carrier'), lots: [lot], eventIds, lines: [{ ...line, quantity: QUANTITY.toString() }] }));
  const report = (slug: Slug, bizStep: string, hoursAgo: number) =>
    deal.do(slug, 'captureEvents', `${bizStep} ${lot}`, async (client) => {
      eventIds = (await client.trace.capture(document([event(lot, siteOf(slug), bizStep, hoursAgo)]))).captured.map(({ eventId }) => eventId);
    });
  report('carrier', 'arriving', 4);
  deal.do('carrier', 'arriveShipment', shipmentId, (client) => client.shipments.arriveShipment({ shipmentId, eventIds }));
  report(obligor, 'receiving', 3);
  deal.do(obligor, 'receiveShipment', shipmentId, (client) => client.shipments.receiveShipment({ shipmentId, eventIds, lines: [{ ...line, accepted: QUANTITY.toString(), rejected: '0' }] }));
}

/** Date on the documents of the week. */
const dateOf = ({ calendar, week }: Deal): string => calendar.dateOf(week).toISOString().slice(0, 10);
const shipmentOf = ({ name }: Deal): string => `DA-${name}`;

const invoices: Readonly<Record<InvoiceStory, (deal: Deal) => void>> = {
  clean: (deal) => accept(deal, submit(deal, QUANTITY), QUANTITY * deal.unitPrice),
  'amended order': (deal) => accept(deal, submit(deal, QUANTITY), QUANTITY * deal.unitPrice),
  two: (deal) => {
    const first = submit(deal, 60n);
    const second = submit(deal, 40n);
    accept(deal, first, 60n * deal.unitPrice);
    accept(deal, second, 40n * deal.unitPrice);
  },
  'look-alike': (deal) => {
    const half = QUANTITY / 2n;
    const [first, second] = [submit(deal, half), submit(deal, half)];
    deal.do(checker(deal.obligor), 'overrideNearDuplicate', second.id, (client) => client.invoices.overrideNearDuplicate({ invoiceId: second.id, reason: 'The second half of the delivery.' }));
    for (const invoice of [first, second]) accept(deal, invoice, half * deal.unitPrice);
  },
  'too dear': (deal) => {
    const invoice = submit(deal, QUANTITY, deal.unitPrice * 2n);
    credit(deal, invoice, QUANTITY, QUANTITY * deal.unitPrice);
    accept(deal, invoice, QUANTITY * deal.unitPrice);
  },
  waived: (deal) => {
    const quantity = QUANTITY + 1n;
    const invoice = submit(deal, quantity);
    const { id: invoiceId } = invoice;
    deal.do(checker(deal.obligor), 'proposeWaiver', invoiceId, (client) => client.invoices.proposeWaiver({ invoiceId, expiresAt: ahead(5 * DAY), reason: 'One kilogram more is welcome.' }));
    deal.do(deal.supplier, 'acceptWaiver', invoiceId, (client) => client.invoices.acceptWaiver({ invoiceId }));
    accept(deal, invoice, quantity * deal.unitPrice);
  },
  'part cancelled': (deal) => disputeOfPart(deal, 'cancelled'),
  'part upheld': (deal) => disputeOfPart(deal, 'matched'),
  credited: (deal) => {
    const left = 80n;
    const invoice = submit(deal, QUANTITY);
    dispute(deal, invoice);
    credit(deal, invoice, left, (QUANTITY - left) * deal.unitPrice);
    accept(deal, invoice, left * deal.unitPrice);
  },
  upheld: (deal) => {
    const invoice = submit(deal, QUANTITY);
    dispute(deal, invoice);
    resolve(deal, invoice, 'matched');
    accept(deal, invoice, QUANTITY * deal.unitPrice);
  },
  'submitted anew': (deal) => {
    const wrong = submit(deal, QUANTITY);
    dispute(deal, wrong);
    resolve(deal, wrong, 'cancelled');
    const left = 90n;
    accept(deal, submit(deal, left), left * deal.unitPrice);
  },
};

function submit(deal: Deal, quantity: bigint, unitPrice = deal.unitPrice): PlannedInvoice {
  const invoice: PlannedInvoice = { id: deal.id('INV'), state: 'matched' };
  deal.invoices.push(invoice);
  const amount = quantity * unitPrice;
  const shipmentIds = deal.lot === undefined ? [] : [shipmentOf(deal)];
  const issueDate = dateOf(deal);
  deal.do(deal.supplier, 'submitInvoice', invoice.id, (client) =>
    client.invoices.submitInvoice({ invoiceId: invoice.id, orderId: deal.orderId, shipmentIds, number: `HX/${invoice.id}`, issueDate, currency: 'CNY', lines: [{ line: 1, quantity: quantity.toString(), unit: UNIT, unitPrice, amount }], total: amount }),
  );
  return invoice;
}

/** Maker and checker accept; the amount is part of the certificate's face. */
function accept(deal: Deal, invoice: PlannedInvoice, amount: bigint): void {
  const { id: invoiceId } = invoice;
  deal.do(deal.obligor, 'approveInvoice', invoiceId, (client) => client.invoices.approveInvoice({ invoiceId }));
  deal.do(checker(deal.obligor), 'acceptInvoice', invoiceId, (client) => client.invoices.acceptInvoice({ invoiceId }));
  invoice.state = 'accepted';
  deal.face += amount;
}

function dispute(deal: Deal, { id: invoiceId }: PlannedInvoice): void {
  deal.disputed = true;
  const by = deal.random.percent(80) ? deal.obligor : deal.supplier;
  deal.do(by, 'disputeInvoice', invoiceId, (client) => client.invoices.disputeInvoice({ invoiceId, reason: 'Some of the goods are wet.' }));
}

/** Of the invoice only a part is disputed; the rest is accepted at once, the part when both agree. */
function disputeOfPart(deal: Deal, outcome: 'matched' | 'cancelled'): void {
  const invoice = submit(deal, QUANTITY);
  const part: PlannedInvoice = { id: `${invoice.id}-p`, state: 'disputed' };
  deal.invoices.push(part);
  deal.disputed = true;
  const quantity = BigInt(deal.random.between(5, 30));
  const amount = quantity * deal.unitPrice;
  deal.do(deal.obligor, 'disputeInvoice', part.id, (client) => client.invoices.disputeInvoice({ invoiceId: invoice.id, partId: part.id, reason: 'These cartons were thawed.', lines: [{ line: 1, quantity: quantity.toString(), amount }] }));
  accept(deal, invoice, (QUANTITY - quantity) * deal.unitPrice);
  resolve(deal, part, outcome);
  if (outcome === 'matched') accept(deal, part, amount);
}

function resolve(deal: Deal, invoice: PlannedInvoice, outcome: 'matched' | 'cancelled'): void {
  const { id: invoiceId } = invoice;
  const [by, other] = outcome === 'matched' ? [deal.supplier, deal.obligor] : [deal.obligor, deal.supplier];
  deal.do(by, 'proposeResolution', invoiceId, (client) => client.invoices.proposeResolution({ invoiceId, outcome, expiresAt: ahead(5 * DAY) }));
  deal.do(other, 'acceptResolution', invoiceId, (client) => client.invoices.acceptResolution({ invoiceId }));
  invoice.state = outcome;
}

/** The supplier takes an amount off; so many kilograms at the ordered price are left. */
function credit(deal: Deal, { id: invoiceId }: PlannedInvoice, left: bigint, amount: bigint): void {
  const issueDate = dateOf(deal);
  const lines = [{ line: 1, quantity: left.toString(), unit: UNIT, unitPrice: deal.unitPrice, amount: left * deal.unitPrice }];
  deal.do(deal.supplier, 'proposeCreditNote', invoiceId, (client) => client.invoices.proposeCreditNote({ invoiceId, creditNoteId: `CN-${invoiceId}`, expiresAt: ahead(5 * DAY), number: `CN/${invoiceId}`, issueDate, amount, lines }));
  deal.do(deal.obligor, 'acceptCreditNote', invoiceId, (client) => client.invoices.acceptCreditNote({ invoiceId }));
}
