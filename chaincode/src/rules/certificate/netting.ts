import { DualchainError } from '@dualchain/model';
import type { CertificateSkeleton, HoldingProposal, HoldingSkeleton, InvoiceSkeleton, OrderSkeleton } from '@dualchain/model';
import { requireActive, rowOf } from '../holding/holding';
import { openProposal, restore } from '../holding/proposal';
import { requireNotExpired, requireOver } from '../transition';

export interface NettingOffer {
  /** Id of the transaction. */
  readonly id: string;
  readonly tradeReference: NonNullable<HoldingProposal['tradeReference']>;
  readonly expiresAt: string;
  readonly at: string;
}

/**
 * An owner that owes the obligor from a trade offers the claim back in payment. `reference` is what stands under the
 * trade reference. Throws NOT_A_PARTY, HOLDING_NOT_FREE, CERTIFICATE_NOT_ACTIVE, EXPIRED, TRADE_REFERENCE_REQUIRED.
 */
export function offerNetting(certificate: CertificateSkeleton, holding: HoldingSkeleton, { id, tradeReference, expiresAt, at }: NettingOffer, reference: OrderSkeleton | InvoiceSkeleton | undefined, caller: string): HoldingSkeleton {
  const row = rowOf(holding, 'offerNetting', caller, { wrongState: 'HOLDING_NOT_FREE' });
  requireActive(certificate);
  requireNotExpired('The offer', expiresAt, at);
  const { owner, obligor } = holding;
  if (reference?.obligor !== owner || reference.supplier !== obligor || !owing.includes(reference.state)) {
    throw new DualchainError('TRADE_REFERENCE_REQUIRED', `Netting needs an open order or an accepted invoice by which ${owner} owes ${obligor}; the ${tradeReference.type} ${tradeReference.id} is none.`, { details: { ...tradeReference, owner, obligor } });
  }
  return openProposal(holding, row, { id, kind: 'netting', tradeReference, expiresAt, offeredAt: at });
}

/** The obligor takes its own debt back: debtor and creditor are one, and the claim ends at once. Throws NOT_A_PARTY, WRONG_STATE, EXPIRED, CERTIFICATE_NOT_ACTIVE. */
export function acceptNetting(certificate: CertificateSkeleton, holding: HoldingSkeleton, caller: string, at: string): HoldingSkeleton {
  const { to } = rowOf(holding, 'acceptNetting', caller);
  requireNotExpired(`The offer of holding ${holding.id}`, holding.proposal?.expiresAt ?? '', at);
  requireActive(certificate);
  const { proposal: _ended, ...rest } = holding;
  return { ...rest, state: to };
}

/** The obligor refuses, the owner withdraws, or anyone ends an offer that expired: the holding is as it was. Throws NOT_A_PARTY, WRONG_STATE, NOT_YET. */
export function endNetting(holding: HoldingSkeleton, verb: 'refuseNetting' | 'withdrawNetting' | 'expireNetting', caller: string, at: string): HoldingSkeleton {
  const row = rowOf(holding, verb, caller);
  const expiresAt = holding.proposal?.expiresAt ?? '';
  if (verb === 'expireNetting') requireOver(`The offer of holding ${holding.id}`, expiresAt, at);
  return restore(holding, row);
}

/** States of an order or an invoice for which its buyer pays; taking the claim in payment, the seller accepts an order that was only issued. */
const owing: readonly string[] = ['issued', 'accepted'];
