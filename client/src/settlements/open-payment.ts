import type { PaymentSkeleton } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { OpenedPayment, PaidAmounts } from '../results/objects';
import { withTerms } from '../results/objects';
import type { CallOptions, Session } from '../session';
import { ask } from '../submission/ask';

/** A payment by its digest (`redeemedBy` of a holding) with its amounts, for debtor, payee and settler. Throws NOT_FOUND, WRONG_PEER. */
export async function openPayment(session: Session, digest: string, options?: CallOptions): Promise<OpenedPayment> {
  return withTerms<PaymentSkeleton, PaidAmounts>(await ask(session, certificateVerbs.openPayment, { digest }, options), 'payment');
}
