import { z } from 'zod';
import { id, itemId, mspId, quantity, unit } from '../../schemas';
import type { ShipmentSkeleton } from '../../skeletons';
import { submitVerb, type } from '../../verb';
import type { Created } from '../../verb';
import { line, trade } from './shared';

/** What a shipment carries, sealed between supplier, carrier and obligor. */
export const shipmentTerms = z.strictObject({ lines: z.array(z.strictObject({ line, lot: itemId, quantity, unit })).min(1).max(100) });
export type ShipmentTerms = z.infer<typeof shipmentTerms>;

/** What the obligor took in, line by line of the shipment, sealed between the same three. */
export const receiptTerms = z.strictObject({ lines: z.array(z.strictObject({ line, lot: itemId, accepted: quantity, rejected: quantity, unit })).min(1).max(100) });
export type ReceiptTerms = z.infer<typeof receiptTerms>;

/** From the supplier's gate to the buyer's receipt. */
export const shippingVerbs = {
  dispatchShipment: submitVerb({
    ...trade,
    name: 'dispatchShipment',
    summary: "The supplier hands goods to the carrier; the supplier's own shipping events prove it.",
    roles: ['supplier'],
    input: z.strictObject({ shipmentId: id, orderId: id, carrier: mspId, lots: z.array(itemId).min(1).max(50), eventIds: z.array(itemId).min(1).max(50) }),
    sealed: shipmentTerms,
    openings: ['quantities'],
    endorsers: ['supplier', 'obligor', 'carrier'],
    result: type<Created<ShipmentSkeleton>>(),
  }),
  arriveShipment: submitVerb({
    ...trade,
    name: 'arriveShipment',
    summary: "The carrier brings the goods to the buyer; the carrier's own events prove its custody.",
    roles: ['carrier'],
    input: z.strictObject({ shipmentId: id, eventIds: z.array(itemId).min(1).max(50) }),
    endorsers: ['carrier', 'supplier', 'obligor'],
    result: type<ShipmentSkeleton>(),
  }),
  receiveShipment: submitVerb({
    ...trade,
    name: 'receiveShipment',
    summary: "The buyer takes the goods in; the buyer's own receiving events prove it.",
    roles: ['obligor', 'supplier'],
    input: z.strictObject({ shipmentId: id, eventIds: z.array(itemId).min(1).max(50) }),
    sealed: receiptTerms,
    openings: ['shipment', 'quantities'],
    endorsers: ['obligor', 'supplier', 'carrier'],
    result: type<ShipmentSkeleton>(),
  }),
} as const;
