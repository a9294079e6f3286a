import type { InputOf, ResultOf } from '@dualchain/model';
import { tradeVerbs } from '@dualchain/model';
import type { Order } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask, openingsFor } from '../submission/ask';
import { tradeParties } from '../submission/parties';

export type ProposeOrderCancellationParameters = Loose<InputOf<typeof tradeVerbs.proposeOrderCancellation>>;
export type ProposeOrderCancellationResult = Order;

/**
 * Buyer or supplier proposes to cancel an order of which nothing is shipped or invoiced.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, EXPIRED.
 */
export const proposeOrderCancellation = action<ProposeOrderCancellationParameters, ProposeOrderCancellationResult>((parameters) => ({
  verb: tradeVerbs.proposeOrderCancellation,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const order = await ask(session, tradeVerbs.openOrder, { id: parameters.orderId }, options);
    return { parties: tradeParties(order.skeleton), openings: openingsFor(tradeVerbs.proposeOrderCancellation, order) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof tradeVerbs.proposeOrderCancellation>),
}));
