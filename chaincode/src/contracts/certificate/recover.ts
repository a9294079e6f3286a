import { debtorOf } from '@dualchain/model';
import type { certificateVerbs, Created, HoldingSkeleton } from '@dualchain/model';
import { requireNotFrozen } from '../../ledger';
import type { CallOf } from '../../ledger';
import { paymentDigest, requireSamePayment } from '../../rules/finance/payment';
import { buyBack, claimRecourse, withdrawRecourse } from '../../rules/holding/recourse';
import { holdingPolicy, lockedHoldingPolicy } from './policies';
import { proveTerms, requireHolding, requireSharedTerms } from './records';

type Verbs = typeof certificateVerbs;

/** Handlers of recourse (docs/claims.md, "Recourse"). None writes into the obligor's collection or needs its peers. */
export const recoveringHandlers = {
  /** Reads 7; writes 2. */
  claimRecourse: claim,
  /** Reads 4; writes 2. */
  withdrawRecourse: withdraw,
  /** Reads 8; writes 8: terms for three, skeleton with its policy, payment with its policy and anchor. */
  buyBack: settle,
};

/** Nothing private is written: the seller knows the units from the time when they were its own. */
async function claim(call: CallOf<Verbs['claimRecourse']>): Promise<HoldingSkeleton> {
  const { state, input, caller, at, transactionId } = call;
  const { holding: before, certificate } = await requireHolding(call, input.holdingId);
  const { policy } = await state.require('channelPolicy', 'current');
  const holding = claimRecourse(transactionId, before, certificate, policy, caller.mspId, at);
  await requireNotFrozen(call, certificate, [before]);
  await requireSharedTerms(call, before);
  // From here the seller, once it has paid, takes the owner's place together with the settler who attests it.
  await state.update('holding', [holding.id], holding, lockedHoldingPolicy(holding, holding.proposal?.seller ?? '', certificate.settler));
  call.emit({ ids: { holding: holding.id, certificate: certificate.id }, from: before.state, to: holding.state });
  return holding;
}

async function withdraw(call: CallOf<Verbs['withdrawRecourse']>): Promise<HoldingSkeleton> {
  const before = await call.state.require('holding', call.input.holdingId);
  const holding = withdrawRecourse(before, call.caller.mspId);
  await requireSharedTerms(call, before);
  await call.state.update('holding', [holding.id], holding, holdingPolicy(holding));
  call.emit({ ids: { holding: holding.id, certificate: holding.certificateId }, from: before.state, to: holding.state });
  return holding;
}

/** The seller is the owner, with terms sealed anew for it, the settler and whoever keeps them in the obligor's place. */
async function settle(call: CallOf<Verbs['buyBack']>): Promise<Created<HoldingSkeleton>> {
  const { state, sealed, anchors, input, caller, at } = call;
  const { holding: before, certificate } = await requireHolding(call, input.holdingId);
  const digest = paymentDigest(caller.mspId, input.paymentReference);
  const payment = { digest, settler: caller.mspId, purpose: 'buy-back', holdingIds: [before.id], certificateId: certificate.id } as const;
  const standing = await state.get('payment', digest);
  if (standing !== undefined) {
    requireSamePayment(standing, payment);
    return { ...before, already: true };
  }
  const keeper = debtorOf(certificate);
  const next = buyBack(before, certificate, keeper, caller.mspId, at);
  await requireNotFrozen(call, certificate, [before]);
  const terms = await proveTerms(call, before);
  const { root } = await sealed.seal('holding', before.id, { ...terms, owner: next.owner }, [keeper, next.owner, certificate.settler]);
  const holding = { ...next, root };
  const paid = { ...payment, paidTo: before.owner, at };
  await state.update('holding', [holding.id], holding, holdingPolicy(holding));
  await state.create('payment', [digest], paid, caller.mspId);
  await anchors.put('payment', [digest], paid, caller.mspId);
  call.emit({ ids: { holding: holding.id, certificate: certificate.id }, from: before.state, to: holding.state });
  return holding;
}
