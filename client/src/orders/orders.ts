import { tradeVerbs } from '@dualchain/model';
import type { OpenedOrder } from '../results/objects';
import { listOf } from '../results/pages';
import type { PageParameters } from '../results/pages';
import type { CallOptions, Session } from '../session';
import { readOrder } from './open-order';

export type OrdersParameters = PageParameters;

/** The orders of the own organisation, with their sealed terms. */
export function orders(session: Session, parameters: OrdersParameters = {}, options?: CallOptions): AsyncGenerator<OpenedOrder, void, undefined> {
  return listOf(session, tradeVerbs.orders, parameters, readOrder, options);
}
