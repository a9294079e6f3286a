import type { certificateVerbs, HoldingSkeleton } from '@dualchain/model';
import { requireMember, requireNotFrozen } from '../../ledger';
import type { Call, CallOf } from '../../ledger';
import { acceptTransfer, endTransfer, offerTransfer } from '../../rules/holding/transfer';
import { holdingPolicy } from './policies';
import { proveTerms, requireAnotherHop, requireHolding, requireSharedTerms, shareTerms } from './records';

type Verbs = typeof certificateVerbs;

/** The owner offers; the receiver gets the terms and a place in the policy. */
export async function offer(call: CallOf<Verbs['offerTransfer']>): Promise<HoldingSkeleton> {
  const { state, input, caller, at, transactionId } = call;
  const { holdingId, receiver, tradeReference, expiresAt } = input;
  const { holding: before, certificate } = await requireHolding(call, holdingId);
  const reference = await state.get(tradeReference.type, tradeReference.id);
  const holding = offerTransfer(before, { id: transactionId, receiver, tradeReference, expiresAt, at }, reference, certificate, caller.mspId);
  await requireMember(call, receiver);
  await requireAnotherHop(call, before, certificate);
  await requireNotFrozen(call, certificate, [before]);
  await proveTerms(call, before);
  await shareTerms(call, holdingId, [receiver]);
  await state.update('holding', [holdingId], holding, holdingPolicy(holding));
  call.emit({ ids: { holding: holdingId, certificate: certificate.id }, from: before.state, to: holding.state });
  return holding;
}

/** The receiver accepts: new terms are sealed for it and the obligor, so that the copy of the old owner is worth nothing. */
export async function accept(call: CallOf<Verbs['acceptTransfer']>): Promise<HoldingSkeleton> {
  const { state, sealed, input, caller, at } = call;
  const { holding: before, certificate } = await requireHolding(call, input.holdingId);
  const next = acceptTransfer(before, certificate, caller.mspId, at);
  await requireAnotherHop(call, before, certificate);
  await requireNotFrozen(call, certificate, [before]);
  const terms = await proveTerms(call, before);
  const { root } = await sealed.seal('holding', before.id, { ...terms, owner: next.owner }, [next.obligor, next.owner]);
  const holding = { ...next, root };
  await state.update('holding', [holding.id], holding, holdingPolicy(holding));
  call.emit({ ids: { holding: holding.id, certificate: certificate.id }, from: before.state, to: holding.state });
  return holding;
}

/** Refused, withdrawn or expired: exactly as before. Nothing private is written, so that no absent party can prevent it. */
export async function end(call: Call<{ holdingId: string }>, verb: 'refuseTransfer' | 'withdrawTransfer' | 'expireTransfer'): Promise<HoldingSkeleton> {
  const { state, input, caller, at } = call;
  const before = await state.require('holding', input.holdingId);
  const holding = endTransfer(before, verb, caller.mspId, at);
  await requireSharedTerms(call, before);
  await state.update('holding', [holding.id], holding, holdingPolicy(holding));
  call.emit({ ids: { holding: holding.id, certificate: holding.certificateId }, from: before.state, to: holding.state });
  return holding;
}
