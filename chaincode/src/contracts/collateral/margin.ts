import { DualchainError } from '@dualchain/model';
import type { collateralVerbs, Created, ReceiptLoan, ReceiptPledgeSkeleton, ReceiptSkeleton, ReceiptValuation, SealedRecord } from '@dualchain/model';
import { causesThatHold } from '../../ledger';
import type { Call, CallOf } from '../../ledger';
import { acceptSubstitute, callMargin, endMarginCall, endSubstitute, offerSubstitute, pledgeFact, repayLoan, requirePledged } from '../../rules/collateral/pledge';
import { eligibleValue, requireBreach, requireCovered } from '../../rules/collateral/value';
import { requireUnusedPayment, writePayment } from './payments';
import { announce, requireSharedLoan } from './pledge';
import { contentOf, proveGoods, requireNotHeld, requirePledge, requireSharedGoods, storePledge, storeReceipt } from './records';

type Verbs = typeof collateralVerbs;

/** Id of the sealed record of a valuation. */
export function valuationRecordId(pledgeId: string, valuationId: string): string {
  return `${pledgeId}/${valuationId}`;
}

/** The financier shows to the settler, not to the warehouse, that the goods no longer cover what is owed. */
export async function callForValue(call: CallOf<Verbs['callMargin']>): Promise<ReceiptPledgeSkeleton> {
  const { sealed, input, content, caller, at } = call;
  const { pledge: before, receipt } = await requirePledge(call, input.pledgeId);
  const pledge = callMargin(before, 'callMargin', { reason: 'value', valuationId: input.valuationId }, caller.mspId, at);
  requirePledged(before, receipt);
  const loan = await proveLoan(call, before);
  const goods = await proveGoods(call, receipt, [before.financier]);
  requireBreach(eligibleValue(goods.quantity, content.unitValue, loan.advanceBps), BigInt(loan.outstanding), before.id);
  // The settler needs the quantity to see whether a repayment cures the call.
  await sealed.share(goods, [before.settler]);
  await sealed.seal('receiptValuation', valuationRecordId(before.id, input.valuationId), { pledgeId: before.id, unitValue: content.unitValue }, [before.financier, before.settler]);
  await storePledge(call, pledge);
  announce(call, before, pledge);
  return pledge;
}

/** The financier takes a call back; one for goods that are still held stands by itself. */
export async function cure(call: CallOf<Verbs['cureMarginCall']>): Promise<ReceiptPledgeSkeleton> {
  const { pledge: before, receipt } = await requirePledge(call, call.input.pledgeId);
  const pledge = endMarginCall(before, 'cureMarginCall', call.caller.mspId);
  requirePledged(before, receipt);
  await requireSharedLoan(call, before);
  await storePledge(call, pledge);
  announce(call, before, pledge);
  return pledge;
}

/** The settler confirms a repayment; the loan is sealed anew with what is still owed. */
export async function repay(call: CallOf<Verbs['repayReceiptLoan']>): Promise<Created<ReceiptPledgeSkeleton>> {
  const { sealed, input, content, caller } = call;
  const { pledge: before, receipt } = await requirePledge(call, input.pledgeId);
  const payment = { pledgeId: before.id, purpose: 'receipt repayment', paidTo: before.financier } as const;
  const digest = await requireUnusedPayment(call, input.paymentReference, payment);
  if (digest === undefined) return { ...before, already: true };
  requirePledged(before, receipt);
  const record = await proveLoanRecord(call, before);
  const loan = contentOf<ReceiptLoan>(record);
  const owed = BigInt(loan.outstanding) - BigInt(content.amount);
  if (owed < 0n) throw new DualchainError('AMOUNT_MISMATCH', `The repayment is more than what is owed on ${before.id}; confirm what is owed and return the rest.`, { details: { pledgeId: before.id } });
  const pledge = repayLoan(before, owed, owed > 0n && before.marginCall?.reason === 'value' && (await eligible(call, before, receipt, loan)) >= owed, caller.mspId);
  const { root } = await sealed.seal('receiptLoan', before.id, { ...loan, outstanding: owed.toString() }, [before.owner, before.financier, before.settler]);
  const stored = { ...pledge, root };
  await writePayment(call, digest, payment);
  await storePledge(call, stored);
  announce(call, before, stored);
  return stored;
}

/** The owner offers another receipt that covers what is owed; the settler witnesses it in the warehouse's place. */
export async function offer(call: CallOf<Verbs['offerSubstitute']>): Promise<ReceiptPledgeSkeleton> {
  const { state, input, caller, at } = call;
  const before = await state.require('receiptPledge', input.pledgeId);
  const other = await state.require('receipt', input.receiptId);
  const pledge = offerSubstitute(before, other, input.expiresAt, caller.mspId, at);
  const loan = await proveLoan(call, before);
  await requireNotHeld(call, other);
  const goods = await proveGoods(call, other);
  requireCovered(eligibleValue(goods.quantity, await unitValueOf(call, before, loan), loan.advanceBps), BigInt(loan.outstanding), `receipt ${other.id}`);
  await call.sealed.share(goods, [before.financier]);
  await storePledge(call, pledge);
  announce(call, before, pledge);
  return pledge;
}

/** The offer of a substitute is over. */
export async function endOffer(call: CallOf<Verbs['endSubstitute']>): Promise<ReceiptPledgeSkeleton> {
  const before = await call.state.require('receiptPledge', call.input.pledgeId);
  const pledge = endSubstitute(before, call.caller.mspId, call.at);
  await requireSharedLoan(call, before);
  await storePledge(call, pledge);
  announce(call, before, pledge);
  return pledge;
}

/** The financier takes the other receipt; all three agree to it by their anchors, which they renew. */
export async function take(call: CallOf<Verbs['acceptSubstitute']>): Promise<ReceiptPledgeSkeleton> {
  const { state, anchors, sealed, input, caller, at } = call;
  const { pledge: before, receipt: first } = await requirePledge(call, input.pledgeId);
  const other = await state.require('receipt', before.substitute?.receiptId ?? before.receiptId);
  const next = acceptSubstitute(before, first, other, caller.mspId, at);
  await requireSharedLoan(call, before);
  await requireNotHeld(call, other);
  await requireSharedGoods(call, first);
  await sealed.requireShared('receiptTerms', other.id, [other.warehouse, other.owner, before.financier]);
  for (const party of [before.owner, before.financier, before.warehouse]) await anchors.put('receiptPledge', [before.id], pledgeFact(next.pledge), party);
  await storeReceipt(call, next.first);
  await storeReceipt(call, next.other);
  await storePledge(call, next.pledge);
  announce(call, before, next.pledge);
  return next.pledge;
}

/** The loan from its opening. Three reads. Throws OPENING_REQUIRED, NOT_GENUINE. */
export async function proveLoan(call: Pick<Call, 'sealed'>, pledge: ReceiptPledgeSkeleton): Promise<ReceiptLoan> {
  return contentOf<ReceiptLoan>(await proveLoanRecord(call, pledge));
}

async function proveLoanRecord({ sealed }: Pick<Call, 'sealed'>, { id, owner, financier, settler }: ReceiptPledgeSkeleton): Promise<SealedRecord & ReceiptLoan> {
  return sealed.requireGenuine<ReceiptLoan>('receiptLoan', id, [owner, financier, settler]);
}

/** Value of a unit: by the valuation of a standing call, else by the loan. */
async function unitValueOf({ sealed }: Pick<Call, 'sealed'>, { id, marginCall, financier, settler }: ReceiptPledgeSkeleton, loan: ReceiptLoan): Promise<string> {
  if (marginCall?.valuationId === undefined) return loan.unitValue;
  return (await sealed.requireGenuine<ReceiptValuation>('receiptValuation', valuationRecordId(id, marginCall.valuationId), [financier, settler])).unitValue;
}

async function eligible(call: Pick<Call, 'state' | 'sealed' | 'anchors' | 'at'>, pledge: ReceiptPledgeSkeleton, receipt: ReceiptSkeleton, loan: ReceiptLoan): Promise<bigint> {
  if ((await causesThatHold(call, receipt)).length > 0) return 0n;
  const { quantity } = await proveGoods(call, receipt);
  return eligibleValue(quantity, await unitValueOf(call, pledge, loan), loan.advanceBps);
}
