import { tradeVerbs } from '@dualchain/model';
import type { Order, OrderId } from '../results/objects';
import { typed } from '../results/typed';
import type { CallOptions, Session } from '../session';
import { ask, orUndefined } from '../submission/ask';

/** The public side of an order, as the own peer has it; undefined if there is none. */
export function getOrder(session: Session, id: OrderId, options?: CallOptions): Promise<Order | undefined> {
  return orUndefined(requireOrder(session, id, options));
}

/** The public side of an order, as the own peer has it. Throws NOT_FOUND. */
export async function requireOrder(session: Session, id: OrderId, options?: CallOptions): Promise<Order> {
  return typed(await ask(session, tradeVerbs.order, { id }, options));
}
