import { DualchainError } from '@dualchain/model';
import type { collateralVerbs, Created, ReceiptPledgeSkeleton } from '@dualchain/model';
import { requireMember, requireSameContent } from '../../ledger';
import type { Call, CallOf } from '../../ledger';
import { agreeToPledge, draftPledge, endPledgeProposal, payLoan, pledgeFact, proposePledge, releasePledge } from '../../rules/collateral/pledge';
import { endReceiptProposal } from '../../rules/collateral/receipt';
import { eligibleValue, requireCovered } from '../../rules/collateral/value';
import { requireEvidence } from '../certificate/evidence';
import { requireUnusedPayment, writePayment } from './payments';
import { pledgePolicy } from './policies';
import { idsOf, proveGoods, requireNotHeld, requirePledge, requireSharedGoods, storePledge, storeReceipt } from './records';

type Verbs = typeof collateralVerbs;

/** Owner, financier and settler learn the loan; the warehouse, which must not, has no part in this step. */
export async function draft(call: CallOf<Verbs['draftReceiptPledge']>): Promise<Created<ReceiptPledgeSkeleton>> {
  const { state, sealed, input, content, caller, at } = call;
  const { pledgeId: id, receiptId, financier, settler } = input;
  const receipt = await state.require('receipt', receiptId);
  const readers = [receipt.owner, financier, settler];
  const fields = { receiptId, owner: receipt.owner, financier, settler, ...content, outstanding: content.principal };
  const standing = await state.get('receiptPledge', id);
  if (standing !== undefined) {
    const created = (pledge: Pick<ReceiptPledgeSkeleton, 'receiptId' | 'owner' | 'financier' | 'settler' | 'expiresAt' | 'dueAt' | 'cureHours'>) => [pledge.receiptId, pledge.owner, pledge.financier, pledge.settler, pledge.expiresAt, pledge.dueAt, pledge.cureHours];
    const same = standing.owner === caller.mspId && standing.financier === financier && standing.settler === settler && (await sealed.holdsSame('receiptLoan', id, fields, readers));
    requireSameContent('receiptPledge', [id], created(standing), created({ ...input, owner: caller.mspId }), same);
    return { ...standing, already: true };
  }
  const drafted = draftPledge(input, receipt, caller.mspId, at);
  await requireMember(call, financier, 'financier');
  await requireMember(call, settler, 'settler');
  const goods = await proveGoods(call, receipt);
  requireCovered(eligibleValue(goods.quantity, content.unitValue, content.advanceBps), BigInt(content.principal), `receipt ${receiptId}`);
  await requireNotHeld(call, receipt);
  const { root } = await sealed.seal('receiptLoan', id, fields, readers);
  await sealed.share(goods, [financier]);
  const pledge = { ...drafted, root };
  await state.create('receiptPledge', [id], pledge, pledgePolicy(pledge));
  announce(call, undefined, pledge);
  return pledge;
}

/** The owner locks the receipt; by its anchor it stands behind the loan as drafted. */
export async function propose(call: CallOf<Verbs['proposeReceiptPledge']>): Promise<ReceiptPledgeSkeleton> {
  const { anchors, sealed, input, caller, at, transactionId } = call;
  const { pledge: before, receipt } = await requirePledge(call, input.pledgeId);
  const next = proposePledge(before, receipt, transactionId, caller.mspId, at);
  await requireSharedLoan(call, before);
  await sealed.requireShared('receiptTerms', receipt.id, [before.warehouse, before.owner, before.financier]);
  await requireNotHeld(call, receipt);
  await anchors.put('receiptPledge', [before.id], pledgeFact(next.pledge), before.owner);
  await storeReceipt(call, next.receipt);
  await storePledge(call, next.pledge);
  announce(call, before, next.pledge);
  return next.pledge;
}

/** Financier or warehouse agrees, by its anchor; the financier only on the evidence that the channel asks for. */
export async function agree(call: Call<{ pledgeId: string }>, verb: 'acceptReceiptPledge' | 'confirmReceiptPledge'): Promise<ReceiptPledgeSkeleton> {
  const { state, anchors, sealed, input, caller, at } = call;
  const { pledge: before, receipt } = await requirePledge(call, input.pledgeId);
  const pledge = agreeToPledge(before, receipt, verb, caller.mspId, at);
  const { owner, financier, warehouse, settler } = before;
  await requireSharedLoan(call, before);
  await sealed.requireShared('receiptTerms', receipt.id, [warehouse, owner, financier]);
  await requireNotHeld(call, receipt);
  if (verb === 'acceptReceiptPledge') {
    const { policy } = await state.require('channelPolicy', 'current');
    // An id of a certificate holds no colon, so that this one is none.
    await requireEvidence(call, policy, 'pledge', { id: `receipt:${receipt.id}`, shipmentIds: [], invoiceIds: [], lots: [receipt.lot] }, [owner, financier, warehouse, settler]);
  }
  await anchors.put('receiptPledge', [before.id], pledgeFact(pledge), caller.mspId);
  await storePledge(call, pledge);
  announce(call, before, pledge);
  return pledge;
}

/** Refused, withdrawn or expired: the receipt is exactly as before. Nothing private is written. */
export async function end(call: Call<{ pledgeId: string }>, verb: 'refuseReceiptPledge' | 'withdrawReceiptPledge' | 'expireReceiptPledge'): Promise<ReceiptPledgeSkeleton> {
  const { input, caller, at } = call;
  const { pledge: before, receipt } = await requirePledge(call, input.pledgeId);
  const pledge = endPledgeProposal(before, verb, caller.mspId, at);
  // A draft has locked nothing.
  if (receipt.proposal?.pledgeId === before.id) {
    await requireSharedGoods(call, receipt);
    await storeReceipt(call, endReceiptProposal(receipt, verb, caller.mspId, at));
  }
  await storePledge(call, pledge);
  announce(call, before, pledge);
  return pledge;
}

/** The settler paid: owner, financier and warehouse agreed, each by its own anchor, or no honest peer endorses this. */
export async function pay(call: CallOf<Verbs['payReceiptLoan']>): Promise<Created<ReceiptPledgeSkeleton>> {
  const { anchors, sealed, input, caller, at } = call;
  const { pledge: before, receipt } = await requirePledge(call, input.pledgeId);
  const payment = { pledgeId: before.id, purpose: 'receipt loan', paidTo: before.owner } as const;
  const digest = await requireUnusedPayment(call, input.paymentReference, payment);
  if (digest === undefined) return { ...before, already: true };
  const next = payLoan(before, receipt, digest, caller.mspId, at);
  for (const party of [before.owner, before.financier, before.warehouse]) await requireConsent({ anchors }, before, party);
  await requireSharedLoan(call, before);
  await sealed.requireShared('receiptTerms', receipt.id, [before.warehouse, before.owner, before.financier]);
  await requireNotHeld(call, receipt);
  await writePayment(call, digest, payment);
  await storeReceipt(call, next.receipt);
  await storePledge(call, next.pledge);
  announce(call, before, next.pledge);
  return next.pledge;
}

/** The financier, or anyone of the three once the loan is repaid, releases the receipt. */
export async function release(call: CallOf<Verbs['releaseReceiptPledge']>): Promise<ReceiptPledgeSkeleton> {
  const { pledge: before, receipt } = await requirePledge(call, call.input.pledgeId);
  const next = releasePledge(before, receipt, call.caller.mspId, call.at);
  await requireSharedGoods(call, receipt);
  await storeReceipt(call, next.receipt);
  await storePledge(call, next.pledge);
  announce(call, before, next.pledge);
  return next.pledge;
}

/** Owner, financier and settler hold one and the same loan. Three reads. Throws NOT_GENUINE. */
export async function requireSharedLoan({ sealed }: Pick<Call, 'sealed'>, { id, owner, financier, settler }: ReceiptPledgeSkeleton): Promise<void> {
  await sealed.requireShared('receiptLoan', id, [owner, financier, settler]);
}

export function announce(call: Pick<Call, 'emit'>, before: ReceiptPledgeSkeleton | undefined, after: ReceiptPledgeSkeleton): void {
  call.emit({ ids: { receiptPledge: after.id, ...idsOf({ id: after.receiptId, lot: after.lot }) }, from: before?.state ?? null, to: after.state });
}

async function requireConsent({ anchors }: Pick<Call, 'anchors'>, pledge: ReceiptPledgeSkeleton, party: string): Promise<void> {
  if (await anchors.stands('receiptPledge', [pledge.id], pledgeFact(pledge), party)) return;
  throw noConsent(pledge.id, party);
}

function noConsent(pledgeId: string, party: string): DualchainError {
  return new DualchainError('NOT_GENUINE', `${party} never agreed to ${pledgeId}: its own peers hold no anchor of it. Let it agree.`, { details: { pledgeId, mspId: party } });
}
