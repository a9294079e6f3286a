import { DualchainError, endedOrderStates, orderTable } from '@dualchain/model';
import type { ChannelPolicy, OrderSkeleton, OrderState, OrderTerms } from '@dualchain/model';
import { requireNotExpired, requireOver, requireTransition } from '../transition';
import { requirePositive } from './quantities';

export interface NewOrder {
  readonly id: string;
  readonly obligor: string;
  readonly supplier: string;
  readonly expiresAt: string;
  readonly at: string;
}

/** A new order, without the root of its terms. Throws INVALID_INPUT, EXPIRED. */
export function issueOrder(proposal: NewOrder, terms: OrderTerms, policy: ChannelPolicy): Omit<OrderSkeleton, 'root'> {
  const { id, obligor, supplier, expiresAt, at } = proposal;
  const row = requireTransition(orderTable, 'issueOrder', { id, state: null, parties: { obligor } }, obligor);
  if (supplier === obligor) throw new DualchainError('INVALID_INPUT', 'Buyer and supplier must be two organisations.', { details: { supplier } });
  requireNotExpired(`The order ${id}`, expiresAt, at);
  requireOrderTerms(terms, policy);
  return { id, obligor, supplier, state: row.to, version: 1, expiresAt, issuedAt: at };
}

/** Terms that an order may have. Throws INVALID_INPUT. */
export function requireOrderTerms(terms: OrderTerms, policy: Pick<ChannelPolicy, 'currencies'>): void {
  if (!policy.currencies.includes(terms.currency)) throw new DualchainError('INVALID_INPUT', `The consortium trades in ${policy.currencies.join(', ')}; use one of these currencies.`, { details: { currencies: policy.currencies } });
  const lines = new Set<number>();
  for (const { line, quantity } of terms.lines) {
    if (lines.has(line)) throw new DualchainError('INVALID_INPUT', `Line ${line} is there twice.`, { details: { line } });
    lines.add(line);
    requirePositive(quantity, line);
  }
}

/** Supplier accepts or refuses. Throws NOT_A_PARTY, WRONG_STATE, EXPIRED (accepting only). */
export function answerOrder(order: OrderSkeleton, verb: 'acceptOrder' | 'refuseOrder', caller: string, at: string): OrderSkeleton {
  const row = requireTransition<OrderState>(orderTable, verb, { id: order.id, state: order.state, parties: order }, caller);
  if (verb === 'acceptOrder') requireNotExpired(`The order ${order.id}`, order.expiresAt, at);
  return { ...order, state: row.to };
}

/** Anyone ends an order that nobody answered in time. Throws WRONG_STATE, NOT_YET. */
export function expireOrder(order: OrderSkeleton, caller: string, at: string): OrderSkeleton {
  const row = requireTransition<OrderState>(orderTable, 'expireOrder', { id: order.id, state: order.state, parties: order }, caller);
  requireOver(`The order ${order.id}`, order.expiresAt, at);
  return { ...order, state: row.to };
}

/** Throws NOT_A_PARTY unless the caller is the order's supplier (or the party named), and WRONG_STATE unless the order is accepted and no change of it proposed. */
export function requireOpenOrder(order: OrderSkeleton, caller: string, party: 'supplier' | 'obligor' = 'supplier'): void {
  const { id, state, proposal } = order;
  if (order[party] !== caller) throw new DualchainError('NOT_A_PARTY', `The ${party} of the order ${id} is ${order[party]}, not ${caller}.`, { details: { orderId: id, [party]: order[party] } });
  if (state !== 'accepted') throw new DualchainError('WRONG_STATE', `The order ${id} is ${state}; ${proposal === undefined ? 'it must be accepted' : 'the proposal must be answered'} first.`, { details: { object: 'order', id, state } });
}

/** Throws WRONG_STATE where an order has ended, so that nothing can rest on it any more. */
export function requireLiveOrder({ id, state }: OrderSkeleton): void {
  if (endedOrderStates.includes(state)) throw new DualchainError('WRONG_STATE', `The order ${id} is ${state}; nothing can be invoiced on it any more.`, { details: { object: 'order', id, state } });
}
