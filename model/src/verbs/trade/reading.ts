import { z } from 'zod';
import { id, mspId, page, timestamp } from '../../schemas';
import type { ClockReading, InvoiceSkeleton, OrderSkeleton, ShipmentSkeleton, VersionRecord } from '../../skeletons';
import { evaluateVerb, type } from '../../verb';
import type { Opened, Page } from '../../verb';
import { trade } from './shared';

/** Questions about orders, shipments and invoices. */
export const readingTradeVerbs = {
  order: evaluateVerb({ ...trade, name: 'order', summary: 'The public skeleton of an order.', input: z.strictObject({ id }), result: type<OrderSkeleton>() }),
  shipment: evaluateVerb({ ...trade, name: 'shipment', summary: 'The public skeleton of a shipment.', input: z.strictObject({ id }), result: type<ShipmentSkeleton>() }),
  invoice: evaluateVerb({ ...trade, name: 'invoice', summary: 'The public skeleton of an invoice.', input: z.strictObject({ id }), result: type<InvoiceSkeleton>() }),
  openOrder: evaluateVerb({ ...trade, name: 'openOrder', summary: "An order with its sealed terms, at the caller's own peer.", input: z.strictObject({ id }), result: type<Opened<OrderSkeleton>>() }),
  openShipment: evaluateVerb({ ...trade, name: 'openShipment', summary: "A shipment with its sealed lines and receipt, at the caller's own peer.", input: z.strictObject({ id }), result: type<Opened<ShipmentSkeleton>>() }),
  openInvoice: evaluateVerb({ ...trade, name: 'openInvoice', summary: "An invoice with its sealed terms, at the caller's own peer.", input: z.strictObject({ id }), result: type<Opened<InvoiceSkeleton>>() }),
  orders: evaluateVerb({ ...trade, name: 'orders', summary: "The orders of the caller's organisation with their sealed terms, paged, at its own peer.", input: z.strictObject({ ...page }), result: type<Page<Opened<OrderSkeleton>>>() }),
  shipments: evaluateVerb({ ...trade, name: 'shipments', summary: "The shipments of the caller's organisation with their sealed lines, paged, at its own peer.", input: z.strictObject({ ...page }), result: type<Page<Opened<ShipmentSkeleton>>>() }),
  invoices: evaluateVerb({ ...trade, name: 'invoices', summary: "The invoices of the caller's organisation with their sealed terms, paged, at its own peer.", input: z.strictObject({ ...page }), result: type<Page<Opened<InvoiceSkeleton>>>() }),
  orderVersions: evaluateVerb({ ...trade, name: 'orderVersions', summary: "Earlier versions of an order with their sealed terms, paged, at the caller's own peer.", input: z.strictObject({ id, ...page }), result: type<Page<Opened<VersionRecord>>>() }),
  invoiceVersions: evaluateVerb({ ...trade, name: 'invoiceVersions', summary: "Earlier versions of an invoice with their sealed terms, paged, at the caller's own peer.", input: z.strictObject({ id, ...page }), result: type<Page<Opened<VersionRecord>>>() }),
  acceptanceClock: evaluateVerb({
    ...trade,
    name: 'acceptanceClock',
    summary: 'How long each invoice to an obligor has been waiting or took to be accepted and paid, in order of submission, paged.',
    input: z.strictObject({ obligor: mspId, since: timestamp.optional(), until: timestamp.optional(), ...page, pageSize: z.int().min(1).max(50).optional() }),
    result: type<Page<ClockReading>>(),
  }),
} as const;
