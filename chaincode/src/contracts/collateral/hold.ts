import { DualchainError } from '@dualchain/model';
import type { collateralVerbs, ReceiptPledgeSkeleton, ReceiptSkeleton } from '@dualchain/model';
import { allOf, causesThatHold, proveHold } from '../../ledger';
import type { Call, CallOf } from '../../ledger';
import { holdReceipt, isCalledForHold, releaseHold } from '../../rules/collateral/hold';
import { callMargin, endMarginCall } from '../../rules/collateral/pledge';
import { reportLoss } from '../../rules/collateral/receipt';
import { idsOf, lotOf, storePledge, storeReceipt, unlistReceipt } from './records';

type Verbs = typeof collateralVerbs;

/** Anyone shows why the goods are worth nothing; the receipt is held and its pledge gets a margin call. */
export async function hold(call: CallOf<Verbs['holdReceipt']>): Promise<ReceiptSkeleton> {
  const { state, input, caller, at } = call;
  const before = await state.require('receipt', input.receiptId);
  const causes = await causesThatHold(call, before);
  if (input.eventId !== undefined) {
    const way = (input.way ?? []).map(({ from, eventId }) => ({ from: lotOf(from), eventId }));
    const shown = await proveHold(call, before, input.eventId, way);
    if (shown === undefined) throw new DualchainError('EVIDENCE_MISSING', `The event ${input.eventId} shows no breach of the lot ${before.lot} or of what went into it: it must stand by its reporter's anchor, tell of a breach, lead to the lot by the way, and come from who kept the goods, an inspector or the authority.`, { details: { eventId: input.eventId, receiptId: before.id } });
    causes.push({ kind: shown.kind, id: shown.eventId, at });
    await state.create('receiptHold', [before.id, shown.eventId], shown, allOf([shown.reporter]));
  }
  const receipt = holdReceipt(before, causes, caller.mspId, at);
  const pledge = await pledgeOf(call, before);
  if (pledge?.state === 'live') await storePledge(call, callMargin(pledge, 'holdReceipt', { reason: 'held' }, caller.mspId, at));
  await storeReceipt(call, receipt);
  call.emit({ ids: idsOf(receipt), from: before.state, to: receipt.state });
  return receipt;
}

/** Anyone lifts a hold whose causes are gone, and with it a margin call that had no other reason. */
export async function release(call: CallOf<Verbs['releaseHold']>): Promise<ReceiptSkeleton> {
  const { state, input, caller } = call;
  const before = await state.require('receipt', input.receiptId);
  const receipt = releaseHold(before, await causesThatHold(call, before), caller.mspId);
  const pledge = await pledgeOf(call, before);
  if (pledge !== undefined && isCalledForHold(pledge)) await storePledge(call, endMarginCall(pledge, 'releaseHold', caller.mspId));
  await storeReceipt(call, receipt);
  call.emit({ ids: idsOf(receipt), from: before.state, to: receipt.state });
  return receipt;
}

/** Warehouse or carrier reports the goods as lost. */
export async function loss(call: CallOf<Verbs['reportLoss']>): Promise<ReceiptSkeleton> {
  const { state, input, caller, at } = call;
  const before = await state.require('receipt', input.receiptId);
  const receipt = reportLoss(before, input.evidenceHash, caller.mspId, at);
  const pledge = await pledgeOf(call, before);
  if (pledge?.state === 'live' || pledge?.state === 'margin call') await storePledge(call, callMargin(pledge, 'reportLoss', { reason: 'lost' }, caller.mspId, at));
  await unlistReceipt(call, before);
  await storeReceipt(call, receipt);
  call.emit({ ids: idsOf(receipt), from: before.state, to: receipt.state });
  return receipt;
}

async function pledgeOf({ state }: Pick<Call, 'state'>, { pledgeId }: ReceiptSkeleton): Promise<ReceiptPledgeSkeleton | undefined> {
  return pledgeId === undefined ? undefined : state.require('receiptPledge', pledgeId);
}
