import { DualchainError } from '@dualchain/model';
import type { PaymentSkeleton } from '@dualchain/model';
import type { Call } from '../../ledger';
import { paymentDigest } from '../../rules/finance/payment';

/** What a payment of a loan against a receipt is for. */
export type LoanPayment = Pick<PaymentSkeleton, 'purpose' | 'paidTo'> & { readonly pledgeId: string };

/**
 * Digest of a reference that no payment used; undefined where the very same confirmation is repeated. References are
 * one space for all that a settler attests. One read. Throws PAYMENT_REFERENCE_USED.
 */
export async function requireUnusedPayment({ state, caller }: Pick<Call, 'state' | 'caller'>, reference: string, { pledgeId, purpose, paidTo }: LoanPayment): Promise<string | undefined> {
  const digest = paymentDigest(caller.mspId, reference);
  const standing = await state.get('payment', digest);
  if (standing === undefined) return digest;
  if (standing.pledgeId === pledgeId && standing.purpose === purpose && standing.paidTo === paidTo) return undefined;
  throw new DualchainError('PAYMENT_REFERENCE_USED', `This payment reference was used at ${standing.at} for ${standing.purpose}; every payment has its own.`, { details: { purpose: standing.purpose, at: standing.at } });
}

/** Writes the payment with its policy and the settler's anchor. Three writes. */
export async function writePayment({ state, anchors, caller, at }: Pick<Call, 'state' | 'anchors' | 'caller' | 'at'>, digest: string, payment: LoanPayment): Promise<void> {
  const paid: PaymentSkeleton = { digest, settler: caller.mspId, holdingIds: [], ...payment, at };
  await state.create('payment', [digest], paid, caller.mspId);
  await anchors.put('payment', [digest], paid, caller.mspId);
}
