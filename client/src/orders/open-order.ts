import type { Opened, OrderQuantities, OrderSkeleton, OrderTerms } from '@dualchain/model';
import { tradeVerbs } from '@dualchain/model';
import type { OpenedOrder, OrderId } from '../results/objects';
import { termsOf, withTerms } from '../results/objects';
import type { CallOptions, Session } from '../session';
import { ask } from '../submission/ask';

/** An order with the sealed terms that the own organisation holds of it. Throws NOT_FOUND, WRONG_PEER. */
export async function openOrder(session: Session, id: OrderId, options?: CallOptions): Promise<OpenedOrder> {
  return readOrder(await ask(session, tradeVerbs.openOrder, { id }, options));
}

/** Typed form of an opened order. */
export function readOrder(opened: Opened<OrderSkeleton>): OpenedOrder {
  return { ...withTerms<OrderSkeleton, OrderTerms>(opened, 'order'), quantities: termsOf<OrderQuantities>(opened.records, 'quantities'), amendment: termsOf<OrderTerms>(opened.records, 'amendment') };
}
