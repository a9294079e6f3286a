import type { InputOf, ResultOf } from '@dualchain/model';
import { tradeVerbs } from '@dualchain/model';
import type { Order } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import { tradeParties } from '../submission/parties';

export type RefuseOrderParameters = Loose<InputOf<typeof tradeVerbs.refuseOrder>>;
export type RefuseOrderResult = Order;

/**
 * The supplier refuses an order.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE.
 */
export const refuseOrder = action<RefuseOrderParameters, RefuseOrderResult>((parameters) => ({
  verb: tradeVerbs.refuseOrder,
  input: toWire(parameters),
  prepare: async (session, options) => ({ parties: tradeParties(await ask(session, tradeVerbs.order, { id: parameters.orderId }, options)) }),
  decode: (answer) => typed(answer as ResultOf<typeof tradeVerbs.refuseOrder>),
}));
