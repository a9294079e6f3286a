import type { InputOf, ResultOf } from '@dualchain/model';
import { tradeVerbs } from '@dualchain/model';
import type { Order } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import { tradeParties } from '../submission/parties';

export type ExpireOrderParameters = Loose<InputOf<typeof tradeVerbs.expireOrder>>;
export type ExpireOrderResult = Order;

/**
 * Ends an order that was not answered before its expiry; any member may.
 * Throws NOT_FOUND, WRONG_STATE, NOT_YET.
 */
export const expireOrder = action<ExpireOrderParameters, ExpireOrderResult>((parameters) => ({
  verb: tradeVerbs.expireOrder,
  input: toWire(parameters),
  prepare: async (session, options) => ({ parties: tradeParties(await ask(session, tradeVerbs.order, { id: parameters.orderId }, options)) }),
  decode: (answer) => typed(answer as ResultOf<typeof tradeVerbs.expireOrder>),
}));
