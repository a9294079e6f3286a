import { z } from 'zod';
import { amount, currency, gtin, id, mspId, quantity, timestamp, unit } from '../../schemas';
import type { OrderSkeleton } from '../../skeletons';
import { submitVerb, type } from '../../verb';
import type { Created } from '../../verb';
import { line, orderOnly, trade } from './shared';

/** Terms of an order, sealed between obligor and supplier. Prices in minor units a unit. */
export const orderTerms = z.strictObject({
  currency,
  matchPolicy: z.enum(['two-way', 'three-way', 'receipt-first']),
  lines: z.array(z.strictObject({ line, gtin, quantity, unit, unitPrice: amount })).min(1).max(100),
});
export type OrderTerms = z.infer<typeof orderTerms>;

/** One line of an order and how far it is carried out. Open to be shipped: ordered − shipped + returned. */
export interface OrderProgress {
  readonly line: number;
  readonly gtin: string;
  readonly unit: string;
  readonly ordered: string;
  /** Handed to a carrier. */
  readonly shipped: string;
  /** Of the shipped: not accepted at the receipt, so open again. */
  readonly returned: string;
  readonly accepted: string;
  /** On live invoices that are no exception. */
  readonly invoiced: string;
}

/**
 * How far an order is carried out, sealed between obligor and supplier beside the terms and renewed by each shipment,
 * receipt and invoice. It holds no price, so that a carrier that endorses a shipment learns none.
 */
export interface OrderQuantities {
  readonly lines: readonly OrderProgress[];
}

/** From nothing to an accepted order. */
export const orderingVerbs = {
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
  acceptOrder: submitVerb({ ...trade, name: 'acceptOrder', summary: 'The supplier accepts the order; its terms are fixed.', roles: ['supplier'], input: orderOnly, endorsers: ['obligor', 'supplier'], result: type<OrderSkeleton>() }),
  refuseOrder: submitVerb({ ...trade, name: 'refuseOrder', summary: 'The supplier refuses the order.', roles: ['supplier'], input: orderOnly, endorsers: ['obligor', 'supplier'], whileSuspended: true, result: type<OrderSkeleton>() }),
  expireOrder: submitVerb({ ...trade, name: 'expireOrder', summary: 'Anyone ends an order that was not answered in time.', input: orderOnly, endorsers: ['obligor', 'supplier'], whileSuspended: true, result: type<OrderSkeleton>() }),
} as const;
