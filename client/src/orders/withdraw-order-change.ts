import type { InputOf, ResultOf } from '@dualchain/model';
import { tradeVerbs } from '@dualchain/model';
import type { Order } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import { tradeParties } from '../submission/parties';

export type WithdrawOrderChangeParameters = Loose<InputOf<typeof tradeVerbs.withdrawOrderChange>>;
export type WithdrawOrderChangeResult = Order;

/**
 * Who proposed a change takes it back; the order is exactly as it was.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE.
 */
export const withdrawOrderChange = action<WithdrawOrderChangeParameters, WithdrawOrderChangeResult>((parameters) => ({
  verb: tradeVerbs.withdrawOrderChange,
  input: toWire(parameters),
  prepare: async (session, options) => ({ parties: tradeParties(await ask(session, tradeVerbs.order, { id: parameters.orderId }, options)) }),
  decode: (answer) => typed(answer as ResultOf<typeof tradeVerbs.withdrawOrderChange>),
}));
