import { canonicalJson, DualchainError, sha256Hex } from '@dualchain/model';
import type { PaymentSkeleton } from '@dualchain/model';

/** SHA-256 (hex) of settler and payment reference: a reference is used once by a settler, however it is spaced. */
export function paymentDigest(settler: string, reference: string): string {
  return sha256Hex(canonicalJson([settler, reference.normalize('NFKC').trim()]));
}

/**
 * A payment reference that stands already is taken, unless the very same confirmation is repeated.
 * Throws PAYMENT_REFERENCE_USED.
 */
export function requireSamePayment(standing: PaymentSkeleton, wanted: Omit<PaymentSkeleton, 'paidTo' | 'at'>): void {
  const content = ({ digest, settler, purpose, holdingIds, certificateId, quoteId, loanId, registrationReference }: Omit<PaymentSkeleton, 'paidTo' | 'at'>) => canonicalJson([digest, settler, purpose, [...holdingIds].sort(), certificateId, quoteId ?? null, loanId ?? null, registrationReference ?? null]);
  if (content(standing) === content(wanted)) return;
  throw new DualchainError('PAYMENT_REFERENCE_USED', `This payment reference was used at ${standing.at} for the ${standing.purpose} of ${standing.holdingIds.join(', ')}; every payment has its own.`, { details: { purpose: standing.purpose, holdingIds: standing.holdingIds, at: standing.at } });
}
