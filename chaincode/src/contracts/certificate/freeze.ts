import { debtorOf, keeperOf } from '@dualchain/model';
import type { certificateVerbs, Created, FreezeScope, FreezeSkeleton, HoldingSkeleton, Page, PaymentSkeleton, ResultOf } from '@dualchain/model';
import { frozenAmong, requireMember, requireNotFrozen, requireSameContent, writeFreeze } from '../../ledger';
import type { Call, CallOf } from '../../ledger';
import { paymentDigest, requireSamePayment } from '../../rules/finance/payment';
import { depositAmounts, directEscrow, payIntoEscrow, releaseEscrow, requireDeposit } from '../../rules/protection/escrow';
import { freezeCertificate, freezeHolding, freezeReceipt, freezeStateNow, liftFreeze, orderedContent } from '../../rules/protection/freeze';
import { escrowedHoldingPolicy } from './policies';
import { proveAll, requireHolding, requireHoldings } from './records';

type Verbs = typeof certificateVerbs;

/** Freezes, their lifting, and the money of what is frozen. */
export const freezingHandlers = {
  /** Reads 3; writes 4, private ones for the authority alone: the order with its policy, its anchor, the anchor of its scope. */
  freezeCertificate: async (call: CallOf<Verbs['freezeCertificate']>): Promise<Created<FreezeSkeleton>> => {
    const { state, input, caller, at } = call;
    const certificate = await state.require('certificate', input.certificateId);
    return order(call, 'certificate', certificate.id, (since) => freezeCertificate(certificate, { ...input, at: since }, caller.mspId), at);
  },
  /** Reads 3; writes 4, private ones for the authority alone. */
  freezeHolding: async (call: CallOf<Verbs['freezeHolding']>): Promise<Created<FreezeSkeleton>> => {
    const { state, input, caller, at } = call;
    const holding = await state.require('holding', input.holdingId);
    return order(call, 'holding', holding.id, (since) => freezeHolding(holding, { ...input, at: since }, caller.mspId), at);
  },
  /** Reads 3; writes 4, private ones for the authority alone. */
  freezeReceipt: async (call: CallOf<Verbs['freezeReceipt']>): Promise<Created<FreezeSkeleton>> => {
    const { state, input, caller, at } = call;
    const receipt = await state.require('receipt', input.receiptId);
    return order(call, 'receipt', receipt.id, (since) => freezeReceipt(receipt, { ...input, at: since }, caller.mspId), at);
  },
  /** Reads 2; writes 2: the order and its anchor change together. */
  liftFreeze: async (call: CallOf<Verbs['liftFreeze']>): Promise<FreezeSkeleton> => {
    const { state, anchors, input, caller, at } = call;
    const { scopeType, scopeId, orderId, liftedBy } = input;
    const standing = await state.require('freeze', scopeType, scopeId, orderId);
    const freeze = liftFreeze(standing, liftedBy, caller.mspId, at);
    await state.update('freeze', [scopeType, scopeId, orderId], freeze);
    await anchors.put('freeze', [scopeType, scopeId, orderId], freeze, freeze.author);
    call.emit({ ids: { freeze: orderId, [scopeType]: scopeId }, from: standing.state, to: freeze.state });
    return freeze;
  },
  /** Reads 4 and five a holding; writes 3 and three a holding; private ones for the settler alone. */
  payIntoEscrow: deposit,
  /** Reads 5 and three a holding; writes 4: amounts for two, the payment with its anchor. */
  sealDeposit: account,
  /** Reads 4; writes 2: the holding with its policy. */
  directEscrow: async (call: CallOf<Verbs['directEscrow']>): Promise<HoldingSkeleton> => {
    const { state, input, caller } = call;
    const { holding: before, certificate } = await requireHolding(call, input.holdingId);
    const holding = directEscrow(before, input.orderId, input.beneficiary, caller.mspId);
    await requireMember(call, input.beneficiary);
    await state.update('holding', [holding.id], holding, escrowedHoldingPolicy(certificate));
    call.emit({ ids: { holding: holding.id, certificate: certificate.id }, from: before.state, to: holding.state });
    return holding;
  },
  /** Reads 6; writes 5; private ones for the settler alone. */
  releaseEscrow: release,
  freeze: async ({ state, input, at }: CallOf<Verbs['freeze']>): Promise<FreezeSkeleton> => asOfNow(await state.require('freeze', input.scopeType, input.scopeId, input.orderId), at),
  freezesOf: async ({ state, input, at }: CallOf<Verbs['freezesOf']>): Promise<Page<FreezeSkeleton>> => {
    const { items, bookmark } = await state.page('freeze', [input.scopeType, input.scopeId], input);
    return { items: items.map(({ value }) => asOfNow(value, at)), bookmark };
  },
} as const;

/** The same order again changes nothing. */
async function order(call: Call<{ readonly orderId: string }>, scopeType: FreezeScope, scopeId: string, freezeAt: (since: string) => FreezeSkeleton, at: string): Promise<Created<FreezeSkeleton>> {
  const { state, input } = call;
  const standing = await state.get('freeze', scopeType, scopeId, input.orderId);
  if (standing !== undefined) {
    const same = freezeAt(standing.frozenAt);
    requireSameContent('freeze', [scopeType, scopeId, input.orderId], orderedContent(standing), orderedContent(same));
    return { ...standing, already: true };
  }
  const freeze = freezeAt(at);
  await writeFreeze(call, freeze);
  call.emit({ ids: { freeze: freeze.orderId, [scopeType]: scopeId }, from: null, to: freeze.state });
  return freeze;
}

/**
 * The settler keeps the money of frozen holdings. Endorsers compare the hashes that keeper, owner and settler hold and
 * see no range: the owner's peer is not needed, and the authority's learns nothing.
 */
async function deposit(call: CallOf<Verbs['payIntoEscrow']>): Promise<ResultOf<Verbs['payIntoEscrow']>> {
  const { state, sealed, anchors, input, caller, at } = call;
  const { certificateId, holdingIds, paymentReference } = input;
  const certificate = await state.require('certificate', certificateId);
  const before = await requireHoldings(call, holdingIds);
  const digest = paymentDigest(caller.mspId, paymentReference);
  const payment = { digest, settler: caller.mspId, purpose: 'escrow', holdingIds, certificateId } as const;
  const standing = await state.get('payment', digest);
  if (standing !== undefined) {
    requireSamePayment(standing, payment);
    return { holdings: before, already: true };
  }
  const holdings = payIntoEscrow(certificate, before, await frozenAmong(call, certificate, before), digest, caller.mspId);
  for (const holding of before) await sealed.requireShared('holding', holding.id, [keeperOf(holding), holding.owner, certificate.settler]);
  const paid = { ...payment, paidTo: certificate.settler, at };
  for (const holding of holdings) {
    await state.update('holding', [holding.id], holding, escrowedHoldingPolicy(certificate));
    await state.index('endedHolding', [certificateId, holding.id]);
  }
  await state.create('payment', [digest], paid, caller.mspId);
  await anchors.put('payment', [digest], paid, caller.mspId);
  call.emit({ ids: { certificate: certificateId, holding: holdingIds }, from: before[0]?.state ?? null, to: 'escrowed' });
  return { holdings };
}

/**
 * What lies in a deposit, sealed for debtor and settler. A step of its own: the authority endorses the deposit in the
 * owner's place and must not learn the ranges. Nothing of the payment changes but its root.
 */
async function account(call: CallOf<Verbs['sealDeposit']>): Promise<Created<PaymentSkeleton>> {
  const { state, sealed, anchors, input, caller } = call;
  const payment = await state.require('payment', input.digest);
  requireDeposit(payment, caller.mspId);
  if (payment.root !== undefined) return { ...payment, already: true };
  const { digest, certificateId = '', holdingIds, settler, paidTo } = payment;
  const certificate = await state.require('certificate', certificateId);
  const proved = await proveAll(call, await requireHoldings(call, holdingIds));
  const { amount, lateFee, discount } = depositAmounts(payment, certificate, proved.map(({ terms }) => terms));
  const fields = { certificateId, holdingIds, settler, paidTo, currency: proved[0]?.terms.currency ?? '', amount: amount.toString(), lateFee: lateFee.toString(), discount: discount.toString() };
  const { root } = await sealed.seal('payment', digest, fields, [debtorOf(certificate), settler]);
  const accounted = { ...payment, root };
  await state.update('payment', [digest], accounted);
  await anchors.put('payment', [digest], accounted, settler);
  call.emit({ ids: { certificate: certificate.id, payment: digest, holding: holdingIds } });
  return accounted;
}

/** The settler paid the money out; without an order for somebody else only once the freeze is over. */
async function release(call: CallOf<Verbs['releaseEscrow']>): Promise<Created<HoldingSkeleton>> {
  const { state, anchors, input, caller, at } = call;
  const { holding: before, certificate } = await requireHolding(call, input.holdingId);
  const digest = paymentDigest(caller.mspId, input.paymentReference);
  const payment = { digest, settler: caller.mspId, purpose: 'escrow release', holdingIds: [before.id], certificateId: certificate.id, deposit: before.escrow?.deposit ?? '' } as const;
  const standing = await state.get('payment', digest);
  if (standing !== undefined) {
    requireSamePayment(standing, payment);
    return { ...before, already: true };
  }
  const { holding, paidTo, ordered } = releaseEscrow(before, certificate, caller.mspId);
  if (!ordered) await requireNotFrozen(call, certificate, [before]);
  const paid = { ...payment, paidTo, at };
  await state.update('holding', [holding.id], holding, escrowedHoldingPolicy(certificate));
  await state.create('payment', [digest], paid, caller.mspId);
  await anchors.put('payment', [digest], paid, caller.mspId);
  call.emit({ ids: { holding: holding.id, certificate: certificate.id }, from: before.state, to: holding.state });
  return holding;
}

function asOfNow(freeze: FreezeSkeleton, at: string): FreezeSkeleton {
  return { ...freeze, state: freezeStateNow(freeze, at) };
}
