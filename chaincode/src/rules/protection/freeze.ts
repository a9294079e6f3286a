import { DualchainError, freezeTable, liveHoldingStates, liveReceiptStates } from '@dualchain/model';
import type { CertificateSkeleton, FreezeReason, FreezeScope, FreezeSkeleton, HoldingSkeleton, ReceiptSkeleton } from '@dualchain/model';
import { requireTransition } from '../transition';

/** States of a certificate that is no claim: not consented to, or at its end. */
const notClaims: readonly string[] = ['proposed', 'issued', 'settled', 'cancelled', 'replaced'];

/** States of a receipt to which its depositor has not consented. */
const unconsented: readonly string[] = ['draft', 'issued'];

export interface FreezeOrder {
  readonly orderId: string;
  readonly reason: FreezeReason;
  readonly endsAt: string;
  readonly at: string;
}

/** Verb that freezes a scope of this type. */
const verbOf = { certificate: 'freezeCertificate', holding: 'freezeHolding', receipt: 'freezeReceipt' } as const satisfies Record<FreezeScope, string>;

/** Orders the freeze of a certificate with all that is in it. Throws NOT_A_PARTY, WRONG_STATE, EXPIRED. */
export function freezeCertificate(certificate: CertificateSkeleton, order: FreezeOrder, caller: string): FreezeSkeleton {
  return freeze('certificate', certificate, certificate.id, !notClaims.includes(certificate.state), order, caller);
}

/** Orders the freeze of one holding. Throws NOT_A_PARTY, WRONG_STATE, EXPIRED. */
export function freezeHolding(holding: HoldingSkeleton, order: FreezeOrder, caller: string): FreezeSkeleton {
  return freeze('holding', holding, holding.certificateId, holding.state !== 'locked' && liveHoldingStates.includes(holding.state), order, caller);
}

/** Orders the freeze of one warehouse receipt. Throws NOT_A_PARTY, WRONG_STATE, EXPIRED. */
export function freezeReceipt(receipt: ReceiptSkeleton, order: FreezeOrder, caller: string): FreezeSkeleton {
  return freeze('receipt', receipt, undefined, !unconsented.includes(receipt.state) && liveReceiptStates.includes(receipt.state), order, caller);
}

function freeze(scopeType: FreezeScope, { id, state, authority }: { readonly id: string; readonly state: string; readonly authority?: string }, certificateId: string | undefined, live: boolean, { orderId, reason, endsAt, at }: FreezeOrder, caller: string): FreezeSkeleton {
  const { to } = requireTransition(freezeTable, verbOf[scopeType], { id: orderId, state: null, parties: { authority } }, caller);
  if (!live) throw new DualchainError('WRONG_STATE', `The ${scopeType} ${id} is ${state}; only what is live can be frozen.`, { details: { object: scopeType, id, state } });
  if (endsAt <= at) throw new DualchainError('EXPIRED', `The order ${orderId} would end at ${endsAt}, which is past; name a later end.`, { details: { endsAt, at } });
  return { orderId, scopeType, scopeId: id, ...(certificateId === undefined ? {} : { certificateId }), author: caller, state: to, reason, frozenAt: at, endsAt };
}

/** What the order fixed, to tell the same order given twice from another one under its id. */
export function orderedContent({ orderId, scopeType, scopeId, author, reason, endsAt }: FreezeSkeleton): Record<string, unknown> {
  return { orderId, scopeType, scopeId, author, reason, endsAt };
}

/** Lifts a freeze before its end. Throws NOT_A_PARTY, WRONG_STATE. */
export function liftFreeze(standing: FreezeSkeleton, liftedBy: string, caller: string, at: string): FreezeSkeleton {
  const { orderId, author } = standing;
  const { to } = requireTransition(freezeTable, 'liftFreeze', { id: orderId, state: freezeStateNow(standing, at), parties: { authority: author } }, caller);
  return { ...standing, state: to, liftedBy, liftedAt: at };
}

/** The state at this time: an order that was not lifted ends by itself. */
export function freezeStateNow({ state, endsAt }: Pick<FreezeSkeleton, 'state' | 'endsAt'>, at: string): FreezeSkeleton['state'] {
  return state === 'in force' && at >= endsAt ? 'ended' : state;
}

/** Throws FROZEN where one of these orders is in force at this time. */
export function requireNoFreeze(freezes: readonly FreezeSkeleton[], at: string): void {
  const standing = freezes.find((each) => freezeStateNow(each, at) === 'in force');
  if (standing === undefined) return;
  const { scopeType, scopeId, orderId, endsAt } = standing;
  throw new DualchainError('FROZEN', `The ${scopeType} ${scopeId} is frozen by the order ${orderId} until ${endsAt}; wait for its end or turn to the authority. Money that falls due is paid into escrow.`, { details: { scopeType, scopeId, orderId, endsAt } });
}
