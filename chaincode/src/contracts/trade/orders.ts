import type { Created, OrderSkeleton, tradeVerbs } from '@dualchain/model';
import { allOf, requireMember, requireSameContent } from '../../ledger';
import type { Call, CallOf } from '../../ledger';
import { answerOrder, issueOrder } from '../../rules/trade/order';
import { openQuantities } from '../../rules/trade/quantities';

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
    const same = standing.obligor === obligor && standing.supplier === supplier && (await sealed.holdsSame('order', id, fields, parties));
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

/** The supplier's answer. */
export async function answer(call: Call<{ orderId: string }>, verb: 'acceptOrder' | 'refuseOrder'): Promise<OrderSkeleton> {
  const before = await call.state.require('order', call.input.orderId);
  const order = answerOrder(before, verb, call.caller.mspId, call.at);
  await call.sealed.requireShared('order', order.id, [order.obligor, order.supplier]);
  await call.state.update('order', [order.id], order);
  call.emit({ ids: { order: order.id }, from: before.state, to: order.state });
  return order;
}
