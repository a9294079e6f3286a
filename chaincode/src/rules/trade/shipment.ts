import { canonicalId, DualchainError, parseKey, parseQuantity, shipmentTable } from '@dualchain/model';
import type { OrderQuantities, OrderSkeleton, ReceiptTerms, ShipmentSkeleton, ShipmentState, ShipmentTerms } from '@dualchain/model';
import { outcomeOf, requireTransition } from '../transition';
import { requireOpenOrder } from './order';
import { addTo, goneOut, lineOf, reaches, requirePositive, sumByLine, withinTolerance } from './quantities';

export interface Dispatch {
  readonly id: string;
  readonly carrier: string;
  readonly lots: readonly string[];
  readonly shippingEvents: readonly string[];
  readonly shippedAt: string;
  readonly at: string;
}

/** Lots and lines with every lot in its one canonical form, so that URN and Digital Link meet. Throws INVALID_INPUT. */
export function canonicalShipment(lots: readonly string[], terms: ShipmentTerms): { lots: string[]; terms: ShipmentTerms } {
  return { lots: [...new Set(lots.map(canonicalId))], terms: { lines: terms.lines.map((line) => ({ ...line, lot: canonicalId(line.lot) })) } };
}

/**
 * A new shipment of an accepted order, and the order's quantities after it. Throws INVALID_INPUT, NOT_A_PARTY,
 * WRONG_STATE, QUANTITY_EXCEEDED; none names a figure.
 */
export function dispatchShipment(dispatch: Dispatch, order: OrderSkeleton, quantities: OrderQuantities, terms: ShipmentTerms, caller: string): { shipment: Omit<ShipmentSkeleton, 'root'>; quantities: OrderQuantities } {
  const { id, carrier, lots, shippingEvents, shippedAt, at } = dispatch;
  const { supplier, obligor } = order;
  const row = requireTransition(shipmentTable, 'dispatchShipment', { id, state: null, parties: { supplier } }, caller);
  requireOpenOrder(order, caller);
  const carried = new Set<string>();
  for (const { line, lot, quantity, unit } of terms.lines) {
    const { gtin } = lineOf(quantities, line, unit);
    requirePositive(quantity, line);
    if (!lots.includes(lot)) throw new DualchainError('INVALID_INPUT', `Line ${line} carries a lot that is not among the lots of the shipment.`, { details: { line } });
    if (carried.has(`${line} ${lot}`)) throw new DualchainError('INVALID_INPUT', `Line ${line} carries the same lot twice; add the quantities up.`, { details: { line } });
    carried.add(`${line} ${lot}`);
    const key = parseKey(lot);
    if (key?.ai === '01' && key.value !== gtin) throw new DualchainError('INVALID_INPUT', `The lot of line ${line} is of another GTIN than the order's.`, { details: { line } });
  }
  const idle = lots.find((lot) => !terms.lines.some((line) => line.lot === lot));
  if (idle !== undefined) throw new DualchainError('INVALID_INPUT', `The lot ${idle} is on no line of the shipment.`, { details: { lot: idle } });
  const shipped = sumByLine(terms.lines, (line) => line.quantity);
  for (const each of quantities.lines) {
    const { line, ordered } = each;
    const more = shipped.get(line) ?? 0n;
    if (more > 0n && goneOut(each) + more > parseQuantity(ordered)) throw new DualchainError('QUANTITY_EXCEEDED', `Line ${line} ships more than is open in the order ${order.id}.`, { details: { line, orderId: order.id } });
  }
  return {
    shipment: { id, orderId: order.id, supplier, obligor, carrier, state: row.to, lots, shippingEvents, arrivalEvents: [], receivingEvents: [], dispatchedAt: at, shippedAt },
    quantities: addTo(quantities, 'shipped', shipped),
  };
}

/** The carrier brings the goods. Throws NOT_A_PARTY, WRONG_STATE. */
export function arriveShipment(shipment: ShipmentSkeleton, eventIds: readonly string[], caller: string): ShipmentSkeleton {
  const row = requireTransition<ShipmentState>(shipmentTable, 'arriveShipment', { id: shipment.id, state: shipment.state, parties: shipment }, caller);
  return { ...shipment, state: row.to, arrivalEvents: [...eventIds] };
}

/**
 * The buyer takes the goods in, line by line of the shipment: accepted and rejected together are at most what was
 * shipped and the tolerance. What was shipped and not accepted (rejected, or not there) is open in the order again. Throws NOT_A_PARTY, WRONG_STATE, INVALID_INPUT, QUANTITY_EXCEEDED.
 */
export function receiveShipment(
  shipment: ShipmentSkeleton,
  eventIds: readonly string[],
  carried: ShipmentTerms,
  receipt: ReceiptTerms,
  quantities: OrderQuantities,
  toleranceBps: number,
  caller: string,
): { shipment: ShipmentSkeleton; quantities: OrderQuantities; receipt: ReceiptTerms } {
  const row = requireTransition<ShipmentState>(shipmentTable, 'receiveShipment', { id: shipment.id, state: shipment.state, parties: shipment }, caller);
  const lines = receipt.lines.map((line) => ({ ...line, lot: canonicalId(line.lot) }));
  if (lines.length !== carried.lines.length) throw new DualchainError('INVALID_INPUT', 'The receipt must answer each line of the shipment once; write zero where nothing came.');
  const returned = new Map<number, bigint>();
  let everything = true;
  let something = false;
  for (const { line, lot, unit, quantity } of carried.lines) {
    const matching = lines.filter((each) => each.line === line && each.lot === lot && each.unit === unit);
    const [answer] = matching;
    if (answer === undefined || matching.length > 1) throw new DualchainError('INVALID_INPUT', `The receipt must answer line ${line} of the shipment once, with its lot and unit.`, { details: { line } });
    const shipped = parseQuantity(quantity);
    const accepted = parseQuantity(answer.accepted);
    if (!withinTolerance(accepted + parseQuantity(answer.rejected), shipped, toleranceBps)) throw new DualchainError('QUANTITY_EXCEEDED', `Line ${line} takes in more than was shipped and the tolerance.`, { details: { line } });
    if (accepted < shipped) returned.set(line, (returned.get(line) ?? 0n) + shipped - accepted);
    everything &&= reaches(accepted, shipped, toleranceBps);
    something ||= accepted > 0n;
  }
  const state = outcomeOf(row, !something ? 'refused' : everything ? 'received' : 'partly received');
  const taken = addTo(quantities, 'accepted', sumByLine(lines, (line) => line.accepted));
  return { shipment: { ...shipment, state, receivingEvents: [...eventIds] }, quantities: addTo(taken, 'returned', returned), receipt: { lines } };
}
