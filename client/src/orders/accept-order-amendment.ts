import type { InputOf, ResultOf } from '@dualchain/model';
import { tradeVerbs } from '@dualchain/model';
import type { Order } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask, openingsFor } from '../submission/ask';
import { tradeParties } from '../submission/parties';

export type AcceptOrderAmendmentParameters = Loose<InputOf<typeof tradeVerbs.acceptOrderAmendment>>;
export type AcceptOrderAmendmentResult = Order;

/**
 * The other side accepts the proposed terms: they are the order's next version, and the old ones stay readable
 * (`orderVersions`).
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, EXPIRED, QUANTITY_EXCEEDED, NOT_GENUINE.
 */
export const acceptOrderAmendment = action<AcceptOrderAmendmentParameters, AcceptOrderAmendmentResult>((parameters) => ({
  verb: tradeVerbs.acceptOrderAmendment,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const order = await ask(session, tradeVerbs.openOrder, { id: parameters.orderId }, options);
    return { parties: tradeParties(order.skeleton), openings: openingsFor(tradeVerbs.acceptOrderAmendment, order) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof tradeVerbs.acceptOrderAmendment>),
}));
