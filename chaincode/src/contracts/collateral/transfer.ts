import type { collateralVerbs, ReceiptSkeleton } from '@dualchain/model';
import { requireMember } from '../../ledger';
import type { Call, CallOf } from '../../ledger';
import { acceptReceiptOffer, endReceiptProposal, offerReceipt } from '../../rules/collateral/receipt';
import { contentOf, idsOf, listReceipt, proveGoods, requireNotHeld, requireSharedGoods, storeReceipt, unlistReceipt } from './records';

type Verbs = typeof collateralVerbs;

/** The owner offers a receipt; the receiver gets the terms and a place in the policy. */
export async function offer(call: CallOf<Verbs['offerReceipt']>): Promise<ReceiptSkeleton> {
  const { state, sealed, input, caller, at, transactionId } = call;
  const { receiptId, receiver, expiresAt } = input;
  const before = await state.require('receipt', receiptId);
  const receipt = offerReceipt(before, { id: transactionId, receiver, expiresAt, at }, caller.mspId);
  await requireMember(call, receiver);
  const goods = await proveGoods(call, before);
  await requireNotHeld(call, before);
  await sealed.share(goods, [receiver]);
  await storeReceipt(call, receipt);
  call.emit({ ids: idsOf(receipt), from: before.state, to: receipt.state });
  return receipt;
}

/** The receiver accepts: new terms are sealed for it and the warehouse, so that the copy of the old owner is worth nothing. */
export async function accept(call: CallOf<Verbs['acceptReceiptOffer']>): Promise<ReceiptSkeleton> {
  const { state, sealed, input, caller, at } = call;
  const before = await state.require('receipt', input.receiptId);
  const next = acceptReceiptOffer(before, caller.mspId, at);
  const goods = contentOf(await proveGoods(call, before));
  await requireNotHeld(call, before);
  const { root } = await sealed.seal('receiptTerms', before.id, { ...goods, owner: next.owner }, [next.warehouse, next.owner]);
  const receipt = { ...next, root };
  await unlistReceipt(call, before);
  await listReceipt(call, receipt);
  await storeReceipt(call, receipt);
  call.emit({ ids: idsOf(receipt), from: before.state, to: receipt.state });
  return receipt;
}

/** Refused, withdrawn or expired: exactly as before. Nothing private is written. */
export async function end(call: Call<{ receiptId: string }>, verb: 'refuseReceiptOffer' | 'withdrawReceiptOffer' | 'expireReceiptOffer'): Promise<ReceiptSkeleton> {
  const before = await call.state.require('receipt', call.input.receiptId);
  const receipt = endReceiptProposal(before, verb, call.caller.mspId, call.at);
  await requireSharedGoods(call, before);
  await storeReceipt(call, receipt);
  call.emit({ ids: idsOf(receipt), from: before.state, to: receipt.state });
  return receipt;
}
