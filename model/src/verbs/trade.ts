import { z } from 'zod';
import { amount, amountOrZero, currency, date, gtin, id, itemId, longText, mspId, page, quantity, shortText, timestamp, unit } from '../schemas';
import type { InvoiceSkeleton, OrderSkeleton, ShipmentSkeleton } from '../skeletons';
import { evaluateVerb, submitVerb, type } from '../verb';
import type { Created, Opened, Page } from '../verb';

const trade = { contract: 'trade' } as const;
const line = z.int().min(1).max(9999);

/** Terms of an order, sealed between obligor and supplier. Prices in minor units a unit. */
export const orderTerms = z.strictObject({
  currency,
  matchPolicy: z.enum(['two-way', 'three-way', 'receipt-first']),
  lines: z.array(z.strictObject({ line, gtin, quantity, unit, unitPrice: amount })).min(1).max(100),
});
export type OrderTerms = z.infer<typeof orderTerms>;

/**
 * How far an order is carried out, sealed between obligor and supplier beside the terms and renewed by each shipment,
 * receipt and invoice. It holds no price, so that a carrier that endorses a shipment learns none.
 */
export interface OrderQuantities {
  readonly lines: readonly { readonly line: number; readonly gtin: string; readonly unit: string; readonly ordered: string; readonly shipped: string; readonly accepted: string; readonly invoiced: string }[];
}

/** What a shipment carries, sealed between supplier, carrier and obligor. */
export const shipmentTerms = z.strictObject({ lines: z.array(z.strictObject({ line, lot: itemId, quantity, unit })).min(1).max(100) });
export type ShipmentTerms = z.infer<typeof shipmentTerms>;

/** What the obligor took in, line by line of the shipment, sealed between the same three. */
export const receiptTerms = z.strictObject({ lines: z.array(z.strictObject({ line, lot: itemId, accepted: quantity, rejected: quantity, unit })).min(1).max(100) });
export type ReceiptTerms = z.infer<typeof receiptTerms>;

/** An invoice, sealed between supplier and obligor. Amounts in minor units. */
export const invoiceTerms = z.strictObject({
  number: shortText,
  issueDate: date,
  currency,
  lines: z.array(z.strictObject({ line, quantity, unit, unitPrice: amount, amount: amountOrZero })).min(1).max(100),
  total: amount,
});
export type InvoiceTerms = z.infer<typeof invoiceTerms>;

/** Order, shipment, receipt, invoice (finance.md, "Order to receivable"). */
export const tradeVerbs = {
  issueOrder: submitVerb({
    ...trade,
    name: 'issueOrder',
    summary: 'The buyer issues an order; its terms are sealed between buyer and supplier.',
    roles: ['obligor', 'supplier'],
    users: ['maker', 'checker'],
    input: z.strictObject({ orderId: id, supplier: mspId, expiresAt: timestamp }),
    sealed: orderTerms,
    endorsers: ['obligor', 'supplier'],
    result: type<Created<OrderSkeleton>>(),
  }),
  acceptOrder: submitVerb({ ...trade, name: 'acceptOrder', summary: 'The supplier accepts the order; its terms are fixed.', roles: ['supplier'], input: z.strictObject({ orderId: id }), endorsers: ['obligor', 'supplier'], result: type<OrderSkeleton>() }),
  refuseOrder: submitVerb({ ...trade, name: 'refuseOrder', summary: 'The supplier refuses the order.', roles: ['supplier'], input: z.strictObject({ orderId: id }), endorsers: ['obligor', 'supplier'], result: type<OrderSkeleton>() }),
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
  submitInvoice: submitVerb({
    ...trade,
    name: 'submitInvoice',
    summary: 'The supplier invoices; fingerprints are registered and the invoice is matched with order and receipt.',
    roles: ['supplier'],
    input: z.strictObject({ invoiceId: id, orderId: id, shipmentIds: z.array(id).max(20) }),
    sealed: invoiceTerms,
    openings: ['order', 'quantities'],
    endorsers: ['supplier', 'obligor'],
    result: type<Created<InvoiceSkeleton>>(),
  }),
  overrideNearDuplicate: submitVerb({
    ...trade,
    name: 'overrideNearDuplicate',
    summary: "The buyer's checker says that an invoice which looks like another is a new one.",
    roles: ['obligor', 'supplier'],
    users: ['checker'],
    input: z.strictObject({ invoiceId: id, reason: longText }),
    endorsers: ['supplier', 'obligor'],
    result: type<InvoiceSkeleton>(),
  }),
  approveInvoice: submitVerb({ ...trade, name: 'approveInvoice', summary: "The buyer's maker proposes to accept the invoice.", roles: ['obligor', 'supplier'], users: ['maker'], input: z.strictObject({ invoiceId: id }), endorsers: ['obligor', 'supplier'], result: type<InvoiceSkeleton>() }),
  acceptInvoice: submitVerb({
    ...trade,
    name: 'acceptInvoice',
    summary: "The buyer's checker accepts the invoice: the obligation is unconditional from here.",
    roles: ['obligor', 'supplier'],
    users: ['checker'],
    input: z.strictObject({ invoiceId: id }),
    endorsers: ['obligor', 'supplier'],
    result: type<InvoiceSkeleton>(),
  }),
  order: evaluateVerb({ ...trade, name: 'order', summary: 'The public skeleton of an order.', input: z.strictObject({ id }), result: type<OrderSkeleton>() }),
  shipment: evaluateVerb({ ...trade, name: 'shipment', summary: 'The public skeleton of a shipment.', input: z.strictObject({ id }), result: type<ShipmentSkeleton>() }),
  invoice: evaluateVerb({ ...trade, name: 'invoice', summary: 'The public skeleton of an invoice.', input: z.strictObject({ id }), result: type<InvoiceSkeleton>() }),
  openOrder: evaluateVerb({ ...trade, name: 'openOrder', summary: "An order with its sealed terms, at the caller's own peer.", input: z.strictObject({ id }), result: type<Opened<OrderSkeleton>>() }),
  openShipment: evaluateVerb({ ...trade, name: 'openShipment', summary: "A shipment with its sealed lines and receipt, at the caller's own peer.", input: z.strictObject({ id }), result: type<Opened<ShipmentSkeleton>>() }),
  openInvoice: evaluateVerb({ ...trade, name: 'openInvoice', summary: "An invoice with its sealed terms, at the caller's own peer.", input: z.strictObject({ id }), result: type<Opened<InvoiceSkeleton>>() }),
  orders: evaluateVerb({ ...trade, name: 'orders', summary: "The orders of the caller's organisation with their sealed terms, paged, at its own peer.", input: z.strictObject({ ...page }), result: type<Page<Opened<OrderSkeleton>>>() }),
  shipments: evaluateVerb({ ...trade, name: 'shipments', summary: "The shipments of the caller's organisation with their sealed lines, paged, at its own peer.", input: z.strictObject({ ...page }), result: type<Page<Opened<ShipmentSkeleton>>>() }),
  invoices: evaluateVerb({ ...trade, name: 'invoices', summary: "The invoices of the caller's organisation with their sealed terms, paged, at its own peer.", input: z.strictObject({ ...page }), result: type<Page<Opened<InvoiceSkeleton>>>() }),
} as const;
