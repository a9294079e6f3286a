import type { collateralVerbs, EventLinks, ReceiptSkeleton } from '@dualchain/model';
import { requireMember } from '../../ledger';
import type { Call, CallOf } from '../../ledger';
import { arriveReceipt, requireCompleteCustody, shipReceipt, takeCustody } from '../../rules/collateral/transit';
import { goodsOf, requireShippedQuantities, requireShippingEvents } from '../../rules/trade/goods';
import { linksOf } from '../../rules/trace/recall';
import { contentOf, eventsOf, idsOf, listReceipt, proveGoods, requireNotHeld, requireSharedGoods, storePledge, storeReceipt, takeFromDelivery } from './records';

type Verbs = typeof collateralVerbs;

/** The warehouse hands the goods over; the other warehouse gets the terms and a place in the policy. */
export async function ship(call: CallOf<Verbs['shipReceipt']>): Promise<ReceiptSkeleton> {
  const { state, sealed, input, caller, at } = call;
  const { receiptId, carrier, destination, eventIds, dueAt } = input;
  const before = await state.require('receipt', receiptId);
  await requireMember(call, carrier, 'carrier');
  await requireMember(call, destination, 'warehouse');
  const events = await eventsOf(call, eventIds, caller.mspId);
  const shippedAt = requireShippingEvents(events, [before.lot]);
  const receipt = shipReceipt(before, { carrier, destination, eventIds, shippedAt, dueAt, at }, caller.mspId);
  const goods = await proveGoods(call, before);
  requireShippedQuantities(events, [goods]);
  await requireNotHeld(call, before);
  await sealed.share(goods, [destination]);
  await listReceipt(call, receipt);
  await storeReceipt(call, receipt);
  call.emit({ ids: idsOf(receipt), from: before.state, to: receipt.state });
  return receipt;
}

/** The carrier shows its custody by its own events. */
export async function carry(call: CallOf<Verbs['takeCustody']>): Promise<ReceiptSkeleton> {
  const { state, input, caller } = call;
  const before = await state.require('receipt', input.receiptId);
  const shipping: EventLinks[] = [];
  for (const id of before.transit?.shippingEvents ?? []) shipping.push(linksOf(await state.require('event', id)));
  const receipt = takeCustody(before, input.eventIds, await eventsOf(call, input.eventIds, caller.mspId), goodsOf([before.lot], shipping), caller.mspId);
  await requireSharedGoods(call, before);
  await storeReceipt(call, receipt);
  call.emit({ ids: idsOf(receipt), from: before.state, to: receipt.state });
  return receipt;
}

/** The other warehouse takes the goods in: its own event brings the whole quantity, and the carrier's custody is complete. */
export async function arrive(call: CallOf<Verbs['arriveReceipt']>): Promise<ReceiptSkeleton> {
  const { state, sealed, input, caller } = call;
  const before = await state.require('receipt', input.receiptId);
  const { carrier = '', transit, lot, owner, financier } = before;
  const goods = contentOf(await proveGoods(call, before));
  const custody = transit === undefined || transit.custodyEvents.length === 0 ? [] : await eventsOf(call, transit.custodyEvents, carrier);
  // Whether the caller is the one that the goods are for comes first.
  const next = arriveReceipt(before, before.depositId, caller.mspId);
  requireCompleteCustody(before, custody);
  const depositId = await takeFromDelivery(call, { eventId: input.eventId, lot, warehouse: caller.mspId, depositor: owner, ...(transit === undefined ? {} : { notBefore: transit.shippedAt }) }, goods.quantity, goods.unit);
  const { root } = await sealed.seal('receiptTerms', before.id, { ...goods, depositId, warehouse: caller.mspId }, [caller.mspId, owner, ...(before.pledgeId === undefined || financier === undefined ? [] : [financier])]);
  const receipt = { ...next, depositId, root };
  await followPledge(call, receipt);
  await listReceipt(call, receipt);
  await storeReceipt(call, receipt);
  call.emit({ ids: idsOf(receipt), from: before.state, to: receipt.state });
  return receipt;
}

/** A pledge names the warehouse that keeps its goods. */
async function followPledge(call: Pick<Call, 'state'>, { pledgeId, warehouse, root }: ReceiptSkeleton): Promise<void> {
  if (pledgeId === undefined) return;
  const pledge = await call.state.require('receiptPledge', pledgeId);
  await storePledge(call, { ...pledge, warehouse, receiptRoot: root });
}
