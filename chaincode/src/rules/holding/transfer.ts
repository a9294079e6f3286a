import { DualchainError, endedInvoiceStates, endedOrderStates } from '@dualchain/model';
import type { CertificateSkeleton, HoldingProposal, HoldingSkeleton, InvoiceSkeleton, OrderSkeleton } from '@dualchain/model';
import { requireNotExpired, requireOver } from '../transition';
import { requireActive, rowOf } from './holding';
import { assign, openProposal, requireCounterparty, restore } from './proposal';

export type TradeReference = NonNullable<HoldingProposal['tradeReference']>;

export interface TransferOffer {
  /** Id of the transaction. */
  readonly id: string;
  readonly receiver: string;
  readonly tradeReference: TradeReference;
  readonly expiresAt: string;
  readonly at: string;
}

/**
 * The owner offers a holding. `reference` is what stands under the trade reference. Throws NOT_A_PARTY,
 * HOLDING_NOT_FREE, CERTIFICATE_NOT_ACTIVE, INVALID_INPUT, EXPIRED, TRADE_REFERENCE_REQUIRED.
 */
export function offerTransfer(holding: HoldingSkeleton, offer: TransferOffer, reference: OrderSkeleton | InvoiceSkeleton | undefined, certificate: CertificateSkeleton, caller: string): HoldingSkeleton {
  const { id, receiver, tradeReference, expiresAt, at } = offer;
  const row = rowOf(holding, 'offerTransfer', caller, { wrongState: 'HOLDING_NOT_FREE' });
  requireActive(certificate);
  requireCounterparty(holding, certificate.settler, receiver);
  requireNotExpired('The offer', expiresAt, at);
  requireTradeReference(tradeReference, reference, holding.owner, receiver);
  return openProposal(holding, row, { id, kind: 'transfer', receiver, tradeReference, expiresAt, offeredAt: at });
}

/** The receiver becomes the owner; the obligor, who endorses, is notified at this moment. Throws NOT_A_PARTY, WRONG_STATE, EXPIRED, CERTIFICATE_NOT_ACTIVE. */
export function acceptTransfer(holding: HoldingSkeleton, certificate: CertificateSkeleton, caller: string, at: string): HoldingSkeleton {
  const row = rowOf(holding, 'acceptTransfer', caller);
  requireNotExpired(`The offer of holding ${holding.id}`, holding.proposal?.expiresAt ?? '', at);
  requireActive(certificate);
  return assign(holding, caller, row.to, { assignedAt: at, notifiedAt: at });
}

/** Receiver refuses, owner withdraws, or anyone ends an offer that expired. Throws NOT_A_PARTY, WRONG_STATE, NOT_YET. */
export function endTransfer(holding: HoldingSkeleton, verb: 'refuseTransfer' | 'withdrawTransfer' | 'expireTransfer', caller: string, at: string): HoldingSkeleton {
  const row = rowOf(holding, verb, caller);
  const expiresAt = holding.proposal?.expiresAt ?? '';
  if (verb === 'expireTransfer') requireOver(`The offer of holding ${holding.id}`, expiresAt, at);
  return restore(holding, row);
}

/** States of an order or an invoice that is no reason for anything any more. */
const ended: readonly string[] = [...endedOrderStates, ...endedInvoiceStates];

/** A real trade between the two, in either direction (finance.md, "Holding"). Throws TRADE_REFERENCE_REQUIRED. */
function requireTradeReference(reference: TradeReference, found: OrderSkeleton | InvoiceSkeleton | undefined, giver: string, receiver: string): void {
  const between = found === undefined ? [] : [found.obligor, found.supplier];
  if (found !== undefined && !ended.includes(found.state) && between.includes(giver) && between.includes(receiver)) return;
  const why = found === undefined ? 'is not on the ledger' : ended.includes(found.state) ? `is ${found.state}` : 'is not between the two';
  throw new DualchainError('TRADE_REFERENCE_REQUIRED', `A holding goes from ${giver} to ${receiver} only for a trade between them: the ${reference.type} ${reference.id} ${why}.`, { details: { ...reference, giver, receiver } });
}
