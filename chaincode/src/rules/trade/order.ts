import { DualchainError, orderTable } from '@dualchain/model';
import type { ChannelPolicy, OrderSkeleton, OrderState, OrderTerms } from '@dualchain/model';
import { requireNotExpired, requireTransition } from '../transition';
import { requirePositive } from './quantities';

export interface OrderProposal {
  readonly id: string;
  readonly obligor: string;
  readonly supplier: string;
  readonly expiresAt: string;
  readonly at: string;
}

/** A new order, without the root of its terms. Throws INVALID_INPUT, EXPIRED. */
export function issueOrder(proposal: OrderProposal, terms: OrderTerms, policy: ChannelPolicy): Omit<OrderSkeleton, 'root'> {
  const { id, obligor, supplier, expiresAt, at } = proposal;
  const row = requireTransition(orderTable, 'issueOrder', { id, state: null, parties: { obligor } }, obligor);
  if (supplier === obligor) throw new DualchainError('INVALID_INPUT', 'Buyer and supplier must be two organisations.', { details: { supplier } });
  requireNotExpired(`The order ${id}`, expiresAt, at);
  if (!policy.currencies.includes(terms.currency)) throw new DualchainError('INVALID_INPUT', `The consortium trades in ${policy.currencies.join(', ')}; use one of these currencies.`, { details: { currencies: policy.currencies } });
  const lines = new Set<number>();
  for (const { line, quantity } of terms.lines) {
    if (lines.has(line)) throw new DualchainError('INVALID_INPUT', `Line ${line} is there twice.`, { details: { line } });
    lines.add(line);
    requirePositive(quantity, line);
  }
  return { id, obligor, supplier, state: row.to, version: 1, expiresAt, issuedAt: at };
}

/** Supplier accepts or refuses. Throws NOT_A_PARTY, WRONG_STATE, EXPIRED (accepting only). */
export function answerOrder(order: OrderSkeleton, verb: 'acceptOrder' | 'refuseOrder', caller: string, at: string): OrderSkeleton {
  const row = requireTransition<OrderState>(orderTable, verb, { id: order.id, state: order.state, parties: order }, caller);
  if (verb === 'acceptOrder') requireNotExpired(`The order ${order.id}`, order.expiresAt, at);
  return { ...order, state: row.to };
}

/** Throws WRONG_STATE unless the supplier accepted the order, and NOT_A_PARTY unless the caller is that supplier. */
export function requireOpenOrder(order: OrderSkeleton, supplier: string): void {
  if (order.supplier !== supplier) throw new DualchainError('NOT_A_PARTY', `The order ${order.id} is with ${order.supplier}, not with ${supplier}.`, { details: { orderId: order.id, supplier: order.supplier } });
  if (order.state !== 'accepted') throw new DualchainError('WRONG_STATE', `The order ${order.id} is ${order.state}; it must be accepted first.`, { details: { object: 'order', id: order.id, state: order.state } });
}
