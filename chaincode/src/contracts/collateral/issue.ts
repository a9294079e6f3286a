import type { collateralVerbs, Created, ReceiptSkeleton } from '@dualchain/model';
import { canonicalJson } from '@dualchain/model';
import { requireMember, requireReceiptsNotFrozen, requireSameContent } from '../../ledger';
import type { Call, CallOf } from '../../ledger';
import { answerReceipt, closeReceipt, deliverReceipt, draftReceipt, issueReceipt } from '../../rules/collateral/receipt';
import { depositIdOf, giveBack } from '../../rules/collateral/stock';
import { requireShippingEvents } from '../../rules/trade/goods';
import { createReceipt, eventsOf, idsOf, lotOf, proveGoods, proveStock, requireNotHeld, requireSharedGoods, storeReceipt, takeFromDelivery, unlistReceipt } from './records';

type Verbs = typeof collateralVerbs;

/** The warehouse's maker drafts a receipt over what its own receiving event brought. */
export async function draft(call: CallOf<Verbs['draftReceipt']>): Promise<Created<ReceiptSkeleton>> {
  const { state, sealed, input, content, caller, at } = call;
  const { receiptId: id, depositor, eventId, goodsExpireAt, temperature } = input;
  const lot = lotOf(input.lot);
  const warehouse = caller.mspId;
  const depositId = depositIdOf(eventId, lot);
  const goods = { lot, depositId, warehouse, owner: depositor, ...content };
  const standing = await state.get('receipt', id);
  if (standing !== undefined) {
    const created = (receipt: Pick<ReceiptSkeleton, 'lot' | 'depositId' | 'warehouse' | 'depositor' | 'goodsExpireAt' | 'temperature'>) => canonicalJson([receipt.lot, receipt.depositId, receipt.warehouse, receipt.depositor, receipt.goodsExpireAt ?? null, receipt.temperature ?? null]);
    const alike = standing.owner === depositor && created(standing) === created({ lot, depositId, warehouse, depositor, ...(goodsExpireAt === undefined ? {} : { goodsExpireAt }), ...(temperature === undefined ? {} : { temperature }) });
    requireSameContent('receipt', [id], null, null, alike && (await sealed.holdsSame('receiptTerms', id, goods, [warehouse, depositor])));
    return { ...standing, already: true };
  }
  await requireMember(call, depositor);
  const { authority } = await state.require('channelPolicy', 'current');
  const receipt = draftReceipt({ id, lot, depositId, depositor, authority, goodsExpireAt, temperature, draftedBy: caller.fingerprint, at }, warehouse);
  await takeFromDelivery(call, { eventId, lot, warehouse, depositor }, content.quantity, content.unit);
  const drafted = await createReceipt(call, receipt, goods);
  call.emit({ ids: idsOf(drafted), from: null, to: drafted.state });
  return drafted;
}

/** The warehouse's checker issues. */
export async function issue(call: CallOf<Verbs['issueReceipt']>): Promise<ReceiptSkeleton> {
  const before = await call.state.require('receipt', call.input.receiptId);
  const receipt = issueReceipt(before, call.caller.mspId, call.caller.fingerprint);
  await requireNotHeld(call, before);
  return change(call, before, receipt);
}

/** The depositor consents. */
export async function accept(call: CallOf<Verbs['acceptReceipt']>): Promise<ReceiptSkeleton> {
  const before = await call.state.require('receipt', call.input.receiptId);
  return change(call, before, answerReceipt(before, 'acceptReceipt', call.caller.mspId));
}

/** Refused or withdrawn: the quantity is free for another receipt. */
export async function cancel(call: Call<{ receiptId: string }>, verb: 'refuseReceipt' | 'withdrawReceipt'): Promise<ReceiptSkeleton> {
  const { state, sealed, input, caller } = call;
  const before = await state.require('receipt', input.receiptId);
  const receipt = answerReceipt(before, verb, caller.mspId);
  const { quantity } = await proveGoods(call, before);
  const deposit = await state.require('deposit', before.depositId);
  const { root } = await sealed.seal('stock', deposit.id, { ...giveBack(await proveStock(call, deposit), quantity) }, [deposit.warehouse, deposit.depositor]);
  await state.update('deposit', [deposit.id], { ...deposit, root });
  await unlistReceipt(call, before);
  await storeReceipt(call, receipt);
  call.emit({ ids: idsOf(receipt), from: before.state, to: receipt.state });
  return receipt;
}

/** The warehouse gives the goods to the owner; held goods too: it is the owner who quarantines, returns or destroys them. */
export async function deliver(call: CallOf<Verbs['deliverReceipt']>): Promise<ReceiptSkeleton> {
  const { state, input, caller } = call;
  const before = await state.require('receipt', input.receiptId);
  const receipt = deliverReceipt(before, input.eventIds, caller.mspId);
  await requireReceiptsNotFrozen(call, [before]);
  requireShippingEvents(await eventsOf(call, input.eventIds, caller.mspId), [before.lot]);
  await requireSharedGoods(call, before);
  await unlistReceipt(call, before);
  await storeReceipt(call, receipt);
  call.emit({ ids: idsOf(receipt), from: before.state, to: receipt.state });
  return receipt;
}

/** The owner confirms the delivery. */
export async function close(call: CallOf<Verbs['closeReceipt']>): Promise<ReceiptSkeleton> {
  const before = await call.state.require('receipt', call.input.receiptId);
  return change(call, before, closeReceipt(before, call.caller.mspId));
}

async function change(call: Call, before: ReceiptSkeleton, receipt: ReceiptSkeleton): Promise<ReceiptSkeleton> {
  await requireSharedGoods(call, before);
  await storeReceipt(call, receipt);
  call.emit({ ids: idsOf(receipt), from: before.state, to: receipt.state });
  return receipt;
}
