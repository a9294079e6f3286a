import type { LoanSkeleton, PledgeLoanTerms } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { LoanId, OpenedLoan } from '../results/objects';
import { withTerms } from '../results/objects';
import type { CallOptions, Session } from '../session';
import { ask } from '../submission/ask';

/** A loan against a pledged holding; with principal and rate for its owner, financier and settler. Throws NOT_FOUND, WRONG_PEER. */
export async function openLoan(session: Session, id: LoanId, options?: CallOptions): Promise<OpenedLoan> {
  return withTerms<LoanSkeleton, PledgeLoanTerms>(await ask(session, certificateVerbs.openLoan, { id }, options), 'claimLoan');
}
