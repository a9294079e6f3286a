import type { InputOf, OrderTerms, ResultOf } from '@dualchain/model';
import { tradeVerbs } from '@dualchain/model';
import type { Order } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask, openingsFor } from '../submission/ask';
import { tradeParties } from '../submission/parties';

export type ProposeOrderAmendmentParameters = Loose<InputOf<typeof tradeVerbs.proposeOrderAmendment> & OrderTerms>;
export type ProposeOrderAmendmentResult = Order;

/**
 * Buyer or supplier proposes new terms of an accepted order; it is locked until the other side answers or `expiresAt`
 * passes. Lines that were shipped or invoiced keep their goods and unit and at least that quantity.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, INVALID_INPUT, QUANTITY_EXCEEDED, EXPIRED.
 */
export const proposeOrderAmendment = action<ProposeOrderAmendmentParameters, ProposeOrderAmendmentResult>(({ orderId, expiresAt, ...terms }) => ({
  verb: tradeVerbs.proposeOrderAmendment,
  input: toWire({ orderId, expiresAt }),
  sealed: toWire(terms),
  prepare: async (session, options) => {
    const order = await ask(session, tradeVerbs.openOrder, { id: orderId }, options);
    return { parties: tradeParties(order.skeleton), openings: openingsFor(tradeVerbs.proposeOrderAmendment, order) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof tradeVerbs.proposeOrderAmendment>),
}));
