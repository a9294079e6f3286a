import type { InputOf, ResultOf } from '@dualchain/model';
import { tradeVerbs } from '@dualchain/model';
import type { Order } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import { tradeParties } from '../submission/parties';

export type AcceptOrderParameters = Loose<InputOf<typeof tradeVerbs.acceptOrder>>;
export type AcceptOrderResult = Order;

/**
 * The supplier accepts an order: its terms are fixed.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, EXPIRED.
 */
export const acceptOrder = action<AcceptOrderParameters, AcceptOrderResult>((parameters) => ({
  verb: tradeVerbs.acceptOrder,
  input: toWire(parameters),
  prepare: async (session, options) => ({ parties: tradeParties(await ask(session, tradeVerbs.order, { id: parameters.orderId }, options)) }),
  decode: (answer) => typed(answer as ResultOf<typeof tradeVerbs.acceptOrder>),
}));
