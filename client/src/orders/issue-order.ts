import type { InputOf, OrderTerms, ResultOf } from '@dualchain/model';
import { tradeVerbs } from '@dualchain/model';
import type { Created, Order } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { firstVersion } from '../submission/first-version';

export type IssueOrderParameters = Loose<InputOf<typeof tradeVerbs.issueOrder> & OrderTerms>;
export type IssueOrderResult = Created<Order>;

/**
 * The caller's organisation, as buyer, orders from a supplier. Lines: GTIN of 14 digits, decimal quantity, UN/ECE unit,
 * unit price in minor units. The terms are sealed between the two. The same order twice succeeds once (`already`).
 * Throws INVALID_INPUT, NOT_A_MEMBER, WRONG_ROLE, ALREADY_EXISTS.
 */
export const issueOrder = action<IssueOrderParameters, IssueOrderResult>(({ orderId, supplier, expiresAt, ...terms }) => ({
  verb: tradeVerbs.issueOrder,
  input: toWire({ orderId, supplier, expiresAt }),
  sealed: toWire(terms),
  prepare: ({ mspId }) => ({ parties: { obligor: mspId, supplier } }),
  existing: (session, options) => firstVersion(session, 'order', orderId, options),
  decode: (answer) => typed(answer as ResultOf<typeof tradeVerbs.issueOrder>),
}));
