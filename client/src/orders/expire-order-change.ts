import type { InputOf, ResultOf } from '@dualchain/model';
import { tradeVerbs } from '@dualchain/model';
import type { Order } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import { tradeParties } from '../submission/parties';

export type ExpireOrderChangeParameters = Loose<InputOf<typeof tradeVerbs.expireOrderChange>>;
export type ExpireOrderChangeResult = Order;

/**
 * Ends a proposed change whose time is over; any member may. The order is exactly as it was.
 * Throws NOT_FOUND, WRONG_STATE, NOT_YET.
 */
export const expireOrderChange = action<ExpireOrderChangeParameters, ExpireOrderChangeResult>((parameters) => ({
  verb: tradeVerbs.expireOrderChange,
  input: toWire(parameters),
  prepare: async (session, options) => ({ parties: tradeParties(await ask(session, tradeVerbs.order, { id: parameters.orderId }, options)) }),
  decode: (answer) => typed(answer as ResultOf<typeof tradeVerbs.expireOrderChange>),
}));
