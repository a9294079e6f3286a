import type { InputOf, ResultOf } from '@dualchain/model';
import { tradeVerbs } from '@dualchain/model';
import type { Order } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask, openingsFor } from '../submission/ask';
import { tradeParties } from '../submission/parties';

export type AcceptOrderCancellationParameters = Loose<InputOf<typeof tradeVerbs.acceptOrderCancellation>>;
export type AcceptOrderCancellationResult = Order;

/**
 * The other side agrees, and the order is cancelled.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, EXPIRED.
 */
export const acceptOrderCancellation = action<AcceptOrderCancellationParameters, AcceptOrderCancellationResult>((parameters) => ({
  verb: tradeVerbs.acceptOrderCancellation,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const order = await ask(session, tradeVerbs.openOrder, { id: parameters.orderId }, options);
    return { parties: tradeParties(order.skeleton), openings: openingsFor(tradeVerbs.acceptOrderCancellation, order) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof tradeVerbs.acceptOrderCancellation>),
}));
