import { eventLinks, parseContext, recordKey, tradeVerbs as verbs } from '@dualchain/model';
import type { EventLinks, EventRecord, InvoiceSkeleton, Opened, OrderQuantities, OrderSkeleton, OrderTerms, Page, SealedRecord, ShipmentSkeleton, ShipmentTerms } from '@dualchain/model';
import type { Context } from 'fabric-contract-api';
import { allOf, DualchainContract, requireMember, requireNoRecall, requireReportedEvents, requireSameContent } from '../ledger';
import type { Call, Policy } from '../ledger';
import { fingerprintsOf } from '../rules/trade/fingerprint';
import { goodsOf, requireArrivalEvents, requireReceivingEvents, requireShippingEvents } from '../rules/trade/goods';
import { acceptInvoice, approveInvoice, overrideNearDuplicate, submitInvoice } from '../rules/trade/invoice';
import { matchInvoice, requireExactAmounts, requireReceipts } from '../rules/trade/matching';
import { answerOrder, issueOrder, requireOpenOrder } from '../rules/trade/order';
import { addTo, openQuantities, sumByLine } from '../rules/trade/quantities';
import { arriveShipment, canonicalShipment, dispatchShipment, receiveShipment } from '../rules/trade/shipment';

const DEFAULT_PAGE = 50;

/** Order, shipment, receipt, invoice (finance.md, "Order to receivable"). */
export class TradeContract extends DualchainContract {
  constructor() {
    super('trade');
  }

  /** Reads 4; writes 6: the order with its policy, terms and quantities for two parties. */
  async issueOrder(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.issueOrder, args, async (call) => {
      const { state, sealed, input, content, caller, at } = call;
      const { orderId: id, supplier, expiresAt } = input;
      const obligor = caller.mspId;
      const parties = [obligor, supplier];
      const fields = { obligor, supplier, ...content };
      const standing = await state.get('order', id);
      if (standing !== undefined) {
        const same = standing.obligor === obligor && standing.supplier === supplier && (await sealed.holdsSame('order', id, fields, parties));
        requireSameContent('order', [id], [standing.obligor, standing.supplier, standing.expiresAt], [obligor, supplier, expiresAt], same);
        return { ...standing, already: true };
      }
      await requireMember(call, supplier, 'supplier');
      const { policy } = await state.require('channelPolicy', 'current');
      const order = issueOrder({ id, obligor, supplier, expiresAt, at }, content, policy);
      const { root } = await sealed.seal('order', id, fields, parties);
      await sealed.seal('quantities', id, { obligor, supplier, ...openQuantities(content) }, parties);
      await state.create('order', [id], { ...order, root }, allOf(parties));
      call.emit({ ids: { order: id }, from: null, to: order.state });
      return { ...order, root };
    });
  }

  /** Reads 4; writes 1. */
  async acceptOrder(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.acceptOrder, args, (call) => this._answer(call, 'acceptOrder'));
  }

  /** Reads 4; writes 1. */
  async refuseOrder(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.refuseOrder, args, (call) => this._answer(call, 'refuseOrder'));
  }

  /** Reads 6, three an event (events of one batch share two of them), and two a lot; writes 7. */
  async dispatchShipment(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.dispatchShipment, args, async (call) => {
      const { state, sealed, input, content, caller, at } = call;
      const { shipmentId: id, orderId, carrier, eventIds } = input;
      const { lots, terms } = canonicalShipment(input.lots, content);
      const order = await state.require('order', orderId);
      const { supplier, obligor } = order;
      const parties = [supplier, obligor, carrier];
      const fields = { orderId, supplier, obligor, carrier, ...terms };
      const standing = await state.get('shipment', id);
      if (standing !== undefined) {
        const created = (shipment: Pick<ShipmentSkeleton, 'orderId' | 'supplier' | 'carrier' | 'lots' | 'shippingEvents'>) => [shipment.orderId, shipment.supplier, shipment.carrier, shipment.lots, shipment.shippingEvents];
        const wanted = { orderId, supplier: caller.mspId, carrier, lots, shippingEvents: eventIds };
        const same = standing.carrier === carrier && standing.orderId === orderId && (await sealed.holdsSame('shipment', id, fields, parties));
        requireSameContent('shipment', [id], created(standing), created(wanted), same);
        return { ...standing, already: true };
      }
      await requireMember(call, carrier, 'carrier');
      const quantities = await sealed.requireGenuine<OrderQuantities>('quantities', orderId, [obligor, supplier]);
      const events = linksOf(await requireReportedEvents(call, eventIds, caller.mspId));
      const shippedAt = requireShippingEvents(events, lots);
      await requireNoRecall(call, lots, 'it cannot be shipped to a customer');
      const next = dispatchShipment({ id, carrier, lots, shippingEvents: eventIds, shippedAt, at }, order, quantities, terms, caller.mspId);
      const { root } = await sealed.seal('shipment', id, fields, parties);
      await sealed.seal('quantities', orderId, { obligor, supplier, ...next.quantities }, [obligor, supplier]);
      const shipment = { ...next.shipment, root };
      await state.create('shipment', [id], shipment, shipmentPolicy(shipment));
      call.emit({ ids: { shipment: id, order: orderId, lot: lots }, from: null, to: shipment.state });
      return shipment;
    });
  }

  /** Reads 5, one a shipping event, three an arrival event; writes 1. */
  async arriveShipment(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.arriveShipment, args, async (call) => {
      const { state, sealed, input, caller } = call;
      const before = await state.require('shipment', input.shipmentId);
      const shipment = arriveShipment(before, input.eventIds, caller.mspId);
      await sealed.requireShared('shipment', shipment.id, [shipment.supplier, shipment.obligor, shipment.carrier]);
      requireArrivalEvents(linksOf(await requireReportedEvents(call, input.eventIds, caller.mspId)), await goodsUnderWay(call, shipment), shipment.shippedAt);
      await state.update('shipment', [shipment.id], shipment);
      call.emit({ ids: { shipment: shipment.id, order: shipment.orderId }, from: before.state, to: shipment.state });
      return shipment;
    });
  }

  /** Reads 8, one a shipping event, three a receiving event; writes 6. */
  async receiveShipment(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.receiveShipment, args, async (call) => {
      const { state, sealed, input, content, caller } = call;
      const before = await state.require('shipment', input.shipmentId);
      const { id, supplier, obligor, carrier, orderId } = before;
      const carried = await sealed.requireGenuine<ShipmentTerms>('shipment', id, [supplier, obligor, carrier]);
      const quantities = await sealed.requireGenuine<OrderQuantities>('quantities', orderId, [obligor, supplier]);
      const { policy } = await state.require('channelPolicy', 'current');
      const next = receiveShipment(before, input.eventIds, carried, content, quantities, policy.quantityToleranceBps, caller.mspId);
      requireReceivingEvents(linksOf(await requireReportedEvents(call, input.eventIds, caller.mspId)), await goodsUnderWay(call, before), before.shippedAt);
      await sealed.seal('receipt', id, { shipmentId: id, orderId, supplier, obligor, carrier, ...next.receipt }, [obligor, supplier, carrier]);
      await sealed.seal('quantities', orderId, { obligor, supplier, ...next.quantities }, [obligor, supplier]);
      await state.update('shipment', [id], next.shipment);
      call.emit({ ids: { shipment: id, order: orderId }, from: before.state, to: next.shipment.state });
      return next.shipment;
    });
  }

  /** Reads 10 and one a shipment; writes 12 at most. Computes three memory-hard fingerprints. */
  async submitInvoice(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.submitInvoice, args, async (call) => {
      const { state, sealed, input, content, caller, at } = call;
      const { invoiceId: id, orderId } = input;
      const order = await state.require('order', orderId);
      const { supplier, obligor } = order;
      const parties = [supplier, obligor];
      const fields = { orderId, supplier, obligor, ...content };
      const shipmentIds = [...new Set(input.shipmentIds)];
      const standing = await state.get('invoice', id);
      if (standing !== undefined) {
        const same = standing.orderId === orderId && (await sealed.holdsSame('invoice', id, fields, parties));
        requireSameContent('invoice', [id], [standing.orderId, standing.supplier, standing.shipmentIds], [orderId, caller.mspId, shipmentIds], same);
        return { ...standing, already: true };
      }
      requireOpenOrder(order, caller.mspId);
      requireExactAmounts(content);
      const terms = await sealed.requireGenuine<OrderTerms>('order', orderId, parties);
      const quantities = await sealed.requireGenuine<OrderQuantities>('quantities', orderId, parties);
      const shipments: ShipmentSkeleton[] = [];
      for (const shipmentId of shipmentIds) shipments.push(await state.require('shipment', shipmentId));
      requireReceipts(terms, shipments);
      const fingerprints = await fingerprintsOf(obligor, supplier, content);
      const taken: { kind: string; invoiceId: string }[] = [];
      for (const { kind, digest } of fingerprints) {
        const live = await state.get('fingerprint', kind, digest);
        if (live !== undefined) taken.push({ kind, invoiceId: live.invoiceId });
      }
      const exceptions = matchInvoice(content, terms, quantities);
      const invoice = submitInvoice({ id, order, shipments, exceptions, fingerprints, taken, caller: caller.mspId, at });
      const { root } = await sealed.seal('invoice', id, fields, parties);
      if (invoice.state !== 'exception') await sealed.seal('quantities', orderId, { obligor, supplier, ...addTo(quantities, 'invoiced', sumByLine(content.lines, (line) => line.quantity)) }, parties);
      for (const { kind, digest } of fingerprints.filter((fingerprint) => !taken.some((other) => other.kind === fingerprint.kind))) {
        await state.create('fingerprint', [kind, digest], { kind, digest, invoiceId: id, obligor, supplier, registeredAt: at }, allOf(parties));
      }
      await state.create('invoice', [id], { ...invoice, root }, allOf(parties));
      call.emit({ ids: { invoice: id, order: orderId, shipment: shipmentIds }, from: null, to: invoice.state });
      return { ...invoice, root };
    });
  }

  /** Reads 2; writes 1. */
  async overrideNearDuplicate(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.overrideNearDuplicate, args, (call) => this._change(call, call.input.invoiceId, (invoice) => overrideNearDuplicate(invoice, call.input.reason, call.caller.mspId)));
  }

  /** Reads 4; writes 1. */
  async approveInvoice(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.approveInvoice, args, (call) => this._change(call, call.input.invoiceId, (invoice) => approveInvoice(invoice, call.caller.mspId, call.caller.fingerprint)));
  }

  /** Reads 4; writes 1. */
  async acceptInvoice(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.acceptInvoice, args, (call) => this._change(call, call.input.invoiceId, (invoice) => acceptInvoice(invoice, call.caller.mspId, call.caller.fingerprint, call.at)));
  }

  async order(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.order, args, ({ state, input }) => state.require('order', input.id));
  }

  async shipment(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.shipment, args, ({ state, input }) => state.require('shipment', input.id));
  }

  async invoice(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.invoice, args, ({ state, input }) => state.require('invoice', input.id));
  }

  async openOrder(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.openOrder, args, (call) => open(call, 'order', call.input.id));
  }

  async openShipment(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.openShipment, args, (call) => open(call, 'shipment', call.input.id));
  }

  async openInvoice(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.openInvoice, args, (call) => open(call, 'invoice', call.input.id));
  }

  async orders(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.orders, args, (call) => openPage(call, 'order'));
  }

  async shipments(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.shipments, args, (call) => openPage(call, 'shipment'));
  }

  async invoices(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.invoices, args, (call) => openPage(call, 'invoice'));
  }

  private async _answer(call: Call<{ orderId: string }>, verb: 'acceptOrder' | 'refuseOrder'): Promise<OrderSkeleton> {
    const before = await call.state.require('order', call.input.orderId);
    const order = answerOrder(before, verb, call.caller.mspId, call.at);
    await call.sealed.requireShared('order', order.id, [order.obligor, order.supplier]);
    await call.state.update('order', [order.id], order);
    call.emit({ ids: { order: order.id }, from: before.state, to: order.state });
    return order;
  }

  private async _change(call: Call, id: string, rule: (invoice: InvoiceSkeleton) => InvoiceSkeleton): Promise<InvoiceSkeleton> {
    const before = await call.state.require('invoice', id);
    const invoice = rule(before);
    await call.sealed.requireShared('invoice', id, [invoice.supplier, invoice.obligor]);
    await call.state.update('invoice', [id], invoice);
    call.emit({ ids: { invoice: id, order: invoice.orderId }, from: before.state, to: invoice.state });
    return invoice;
  }
}

/** The buyer always agrees to a change of a shipment, and one of the two that handled the goods with it, so that neither of these can block a receipt. */
function shipmentPolicy({ obligor, supplier, carrier }: Pick<ShipmentSkeleton, 'obligor' | 'supplier' | 'carrier'>): Policy {
  return { n: 2, of: [obligor, { n: 1, of: [...new Set([supplier, carrier])].sort() }] };
}

function linksOf(events: readonly EventRecord[]): EventLinks[] {
  return events.map(({ event, context }) => eventLinks(event, parseContext(context)));
}

async function goodsUnderWay({ state }: Pick<Call, 'state'>, shipment: ShipmentSkeleton): Promise<ReadonlySet<string>> {
  const events: EventRecord[] = [];
  for (const eventId of shipment.shippingEvents) events.push(await state.require('event', eventId));
  return goodsOf(shipment.lots, linksOf(events));
}

type TradeObject = 'order' | 'shipment' | 'invoice';
interface Skeletons {
  order: OrderSkeleton;
  shipment: ShipmentSkeleton;
  invoice: InvoiceSkeleton;
}
/** Sealed records that belong to an object, all under its own id. */
const recordTypes: Readonly<Record<TradeObject, readonly string[]>> = { order: ['order', 'quantities'], shipment: ['shipment', 'receipt'], invoice: ['invoice'] };

async function open<T extends TradeObject>({ state, sealed }: Pick<Call, 'state' | 'sealed'>, type: T, id: string): Promise<Opened<Skeletons[T]>> {
  const skeleton: Skeletons[T] = await state.require(type, id);
  const records: Record<string, SealedRecord> = {};
  for (const recordType of recordTypes[type]) {
    const record = await sealed.own(recordType, id);
    if (record !== undefined) records[recordKey(recordType, id)] = record;
  }
  return { skeleton, records };
}

async function openPage<T extends TradeObject>(call: Call<{ pageSize?: number | undefined; bookmark?: string | undefined }>, type: T): Promise<Page<Opened<Skeletons[T]>>> {
  const pageSize = call.input.pageSize ?? DEFAULT_PAGE;
  const records = await call.sealed.ownPage(type, pageSize, call.input.bookmark);
  const items: Opened<Skeletons[T]>[] = [];
  for (const { id } of records) items.push(await open(call, type, id));
  return { items, bookmark: records.length < pageSize ? '' : (records.at(-1)?.id ?? '') };
}
