import { orderTable } from '@dualchain/model';
import type { Created, OrderQuantities, OrderSkeleton, OrderTerms, tradeVerbs } from '@dualchain/model';
import { allOf, requireMember, requireSameContent } from '../../ledger';
import type { Call, CallOf } from '../../ledger';
import { acceptAmendment, acceptCancellation, endOrderChange, proposeAmendment, proposeCancellation, requireAmendable } from '../../rules/trade/amendment';
import { answerOrder, expireOrder, issueOrder } from '../../rules/trade/order';
import { rowOf } from '../../rules/trade/proposal';
import { openQuantities } from '../../rules/trade/quantities';
import { firstRecordOf, keepVersion, proposalRecordId } from './versions';

type Verbs = typeof tradeVerbs;

/** The buyer's order, sealed for two with its quantities. */
export async function issue(call: CallOf<Verbs['issueOrder']>): Promise<Created<OrderSkeleton>> {
  const { state, sealed, input, content, caller, at } = call;
  const { orderId: id, supplier, expiresAt } = input;
  const obligor = caller.mspId;
  const parties = [obligor, supplier];
  const fields = { obligor, supplier, ...content };
  const standing = await state.get('order', id);
  if (standing !== undefined) {
    const first = firstRecordOf('order', standing);
    const same = standing.obligor === obligor && standing.supplier === supplier && (await sealed.holdsSame(first.type, first.id, fields, parties));
    requireSameContent('order', [id], [standing.obligor, standing.supplier, standing.expiresAt], [obligor, supplier, expiresAt], same);
    return { ...standing, already: true };
  }
  await requireMember(call, supplier, 'supplier');
  const { policy } = await state.require('channelPolicy', 'current');
  const order = issueOrder({ id, obligor, supplier, expiresAt, at }, content, policy);
  const { root } = await sealed.seal('order', id, fields, parties);
  await sealed.seal('quantities', id, { obligor, supplier, ...openQuantities(content) }, parties);
  await state.create('order', [id], { ...order, root }, allOf(parties));
  call.emit({ ids: { order: id }, from: null, to: order.state });
  return { ...order, root };
}

/** The supplier's answer, or the end of an order that got none. */
export async function answer(call: Call<{ orderId: string }>, verb: 'acceptOrder' | 'refuseOrder' | 'expireOrder'): Promise<OrderSkeleton> {
  return change(call, (order) => (verb === 'expireOrder' ? expireOrder(order, call.caller.mspId, call.at) : answerOrder(order, verb, call.caller.mspId, call.at)));
}

/** New terms, sealed for the two under the id of the proposal. */
export async function amend(call: CallOf<Verbs['proposeOrderAmendment']>): Promise<OrderSkeleton> {
  const { state, sealed, input, content, caller, at, transactionId } = call;
  const { orderId: id, expiresAt } = input;
  const before = await state.require('order', id);
  const parties = [before.obligor, before.supplier];
  rowOf(orderTable, before, 'proposeOrderAmendment', caller.mspId);
  const quantities = await sealed.requireGenuine<OrderQuantities>('quantities', id, parties);
  const { policy } = await state.require('channelPolicy', 'current');
  const order = proposeAmendment(before, content, quantities, policy, { id: transactionId, expiresAt, at }, caller.mspId);
  await sealed.seal('amendment', proposalRecordId(id, transactionId), { orderId: id, obligor: order.obligor, supplier: order.supplier, ...content }, parties);
  await state.update('order', [id], order);
  call.emit({ ids: { order: id }, from: before.state, to: order.state });
  return order;
}

/** The new terms become the order's; the old ones are kept as an earlier version. */
export async function acceptAmended(call: CallOf<Verbs['acceptOrderAmendment']>): Promise<OrderSkeleton> {
  const { state, sealed, input, caller, at } = call;
  const { orderId: id } = input;
  const before = await state.require('order', id);
  const { obligor, supplier } = before;
  const parties = [obligor, supplier];
  requireAmendable(before, caller.mspId, at);
  const standing = await sealed.requireGenuine<OrderTerms>('order', id, parties);
  const proposed = await sealed.requireGenuine<OrderTerms>('amendment', proposalRecordId(id, before.proposal?.id ?? ''), parties);
  const quantities = await sealed.requireGenuine<OrderQuantities>('quantities', id, parties);
  const next = acceptAmendment(before, proposed, standing, quantities, caller.mspId, at);
  await keepVersion(call, 'order', before, standing, parties);
  const { currency, matchPolicy, lines } = proposed;
  const { root } = await sealed.seal('order', id, { obligor, supplier, currency, matchPolicy, lines }, parties);
  await sealed.seal('quantities', id, { obligor, supplier, ...next.quantities }, parties);
  const order = { ...next.order, root };
  await state.update('order', [id], order);
  call.emit({ ids: { order: id }, from: before.state, to: order.state });
  return order;
}

/** One side proposes to cancel, or the other agrees. */
export async function cancel(call: CallOf<Verbs['proposeOrderCancellation']> | CallOf<Verbs['acceptOrderCancellation']>): Promise<OrderSkeleton> {
  const { sealed, input, caller, at, transactionId } = call;
  const standing = await call.state.require('order', input.orderId);
  rowOf(orderTable, standing, call.verb.name, caller.mspId);
  const quantities = await sealed.requireGenuine<OrderQuantities>('quantities', input.orderId, [standing.obligor, standing.supplier]);
  return change(call, (order) => ('expiresAt' in input ? proposeCancellation(order, quantities, { id: transactionId, expiresAt: input.expiresAt, at }, caller.mspId) : acceptCancellation(order, quantities, caller.mspId, at)), standing);
}

/** The other side refuses, the proposer withdraws, or anyone ends a proposal that expired. */
export function endChange(call: Call<{ orderId: string }>, verb: 'refuseOrderChange' | 'withdrawOrderChange' | 'expireOrderChange'): Promise<OrderSkeleton> {
  return change(call, (order) => endOrderChange(order, verb, call.caller.mspId, call.at));
}

/** A step that changes the skeleton alone. */
async function change(call: Pick<Call<{ orderId: string }>, 'state' | 'sealed' | 'input' | 'emit'>, rule: (order: OrderSkeleton) => OrderSkeleton, standing?: OrderSkeleton): Promise<OrderSkeleton> {
  const before = standing ?? (await call.state.require('order', call.input.orderId));
  const order = rule(before);
  await call.sealed.requireShared('order', order.id, [order.obligor, order.supplier]);
  await call.state.update('order', [order.id], order);
  call.emit({ ids: { order: order.id }, from: before.state, to: order.state });
  return order;
}
