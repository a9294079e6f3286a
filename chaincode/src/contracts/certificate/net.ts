import type { certificateVerbs, HoldingSkeleton } from '@dualchain/model';
import { requireNotFrozen } from '../../ledger';
import type { Call, CallOf, Handlers } from '../../ledger';
import { acceptNetting, endNetting, offerNetting } from '../../rules/certificate/netting';
import { holdingPolicy } from './policies';
import { requireHolding, requireSharedTerms } from './records';

type Verbs = typeof certificateVerbs;

/** A claim goes back to its debtor. The obligor holds its terms already, so nothing private is written. */
export const nettingHandlers = {
  /** Reads 8; writes 2. */
  offerNetting: offer,
  /** Reads 7; writes 3. */
  acceptNetting: accept,
  /** Reads 4; writes 2. */
  refuseNetting: (call) => end(call, 'refuseNetting'),
  /** Reads 4; writes 2. */
  withdrawNetting: (call) => end(call, 'withdrawNetting'),
  /** Reads 4; writes 2. */
  expireNetting: (call) => end(call, 'expireNetting'),
} satisfies Partial<Handlers<Verbs>>;

async function offer(call: CallOf<Verbs['offerNetting']>): Promise<HoldingSkeleton> {
  const { state, input, caller, at, transactionId } = call;
  const { holdingId, tradeReference, expiresAt } = input;
  const { holding: before, certificate } = await requireHolding(call, holdingId);
  const reference = await state.get(tradeReference.type, tradeReference.id);
  const holding = offerNetting(certificate, before, { id: transactionId, tradeReference, expiresAt, at }, reference, caller.mspId);
  await requireNotFrozen(call, certificate, [before]);
  await requireSharedTerms(call, before);
  await store(call, before, holding);
  return holding;
}

async function accept(call: CallOf<Verbs['acceptNetting']>): Promise<HoldingSkeleton> {
  const { state, input, caller, at } = call;
  const { holding: before, certificate } = await requireHolding(call, input.holdingId);
  const holding = acceptNetting(certificate, before, caller.mspId, at);
  await requireNotFrozen(call, certificate, [before]);
  await requireSharedTerms(call, before);
  await store(call, before, holding);
  await state.index('endedHolding', [certificate.id, holding.id]);
  return holding;
}

async function end(call: Call<{ holdingId: string }>, verb: 'refuseNetting' | 'withdrawNetting' | 'expireNetting'): Promise<HoldingSkeleton> {
  const before = await call.state.require('holding', call.input.holdingId);
  const holding = endNetting(before, verb, call.caller.mspId, call.at);
  await requireSharedTerms(call, before);
  await store(call, before, holding);
  return holding;
}

async function store(call: Pick<Call, 'state' | 'emit'>, before: HoldingSkeleton, after: HoldingSkeleton): Promise<void> {
  await call.state.update('holding', [after.id], after, holdingPolicy(after));
  call.emit({ ids: { holding: after.id, certificate: after.certificateId }, from: before.state, to: after.state });
}
