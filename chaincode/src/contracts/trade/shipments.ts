import { eventLinks, parseContext, shipmentTable } from '@dualchain/model';
import type { Created, EventLinks, EventRecord, OrderQuantities, ShipmentSkeleton, ShipmentTerms, tradeVerbs } from '@dualchain/model';
import { requireMember, requireNoRecall, requireNotPledged, requireReportedEvents, requireSameContent } from '../../ledger';
import type { Call, CallOf, Policy } from '../../ledger';
import { requireTransition } from '../../rules/transition';
import { goodsOf, requireArrivalEvents, requireReceivingEvents, requireShippedQuantities, requireShippingEvents } from '../../rules/trade/goods';
import { requireOpenOrder } from '../../rules/trade/order';
import { arriveShipment, canonicalShipment, dispatchShipment, receiveShipment } from '../../rules/trade/shipment';

type Verbs = typeof tradeVerbs;

/** Goods leave the supplier. */
export async function dispatch(call: CallOf<Verbs['dispatchShipment']>): Promise<Created<ShipmentSkeleton>> {
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
  requireOpenOrder(order, caller.mspId);
  await requireMember(call, carrier, 'carrier');
  const quantities = await sealed.requireGenuine<OrderQuantities>('quantities', orderId, [obligor, supplier]);
  const events = linksOf(await requireReportedEvents(call, eventIds, caller.mspId));
  const shippedAt = requireShippingEvents(events, lots);
  await requireNoRecall(call, lots, 'it cannot be shipped to a customer');
  await requireNotPledged(call, caller.mspId, lots);
  requireShippedQuantities(events, terms.lines);
  const next = dispatchShipment({ id, carrier, lots, shippingEvents: eventIds, shippedAt, at }, order, quantities, terms, caller.mspId);
  const { root } = await sealed.seal('shipment', id, fields, parties);
  await sealed.seal('quantities', orderId, { obligor, supplier, ...next.quantities }, [obligor, supplier]);
  const shipment = { ...next.shipment, root };
  await state.create('shipment', [id], shipment, shipmentPolicy(shipment));
  call.emit({ ids: { shipment: id, order: orderId, lot: lots }, from: null, to: shipment.state });
  return shipment;
}

/** The carrier brings the goods. */
export async function arrive(call: CallOf<Verbs['arriveShipment']>): Promise<ShipmentSkeleton> {
  const { state, sealed, input, caller } = call;
  const before = await state.require('shipment', input.shipmentId);
  const shipment = arriveShipment(before, input.eventIds, caller.mspId);
  await sealed.requireShared('shipment', shipment.id, [shipment.supplier, shipment.obligor, shipment.carrier]);
  requireArrivalEvents(linksOf(await requireReportedEvents(call, input.eventIds, caller.mspId)), await goodsUnderWay(call, shipment), shipment.shippedAt);
  await state.update('shipment', [shipment.id], shipment);
  call.emit({ ids: { shipment: shipment.id, order: shipment.orderId }, from: before.state, to: shipment.state });
  return shipment;
}

/** The buyer takes the goods in, or refuses them. */
export async function receive(call: CallOf<Verbs['receiveShipment']>): Promise<ShipmentSkeleton> {
  const { state, sealed, input, content, caller } = call;
  const before = await state.require('shipment', input.shipmentId);
  const { id, supplier, obligor, carrier, orderId } = before;
  requireTransition(shipmentTable, 'receiveShipment', { id, state: before.state, parties: before }, caller.mspId);
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
