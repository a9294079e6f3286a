import type { CreditLineSkeleton, CreditLineTerms, Opened } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { CreditLineId, OpenedCreditLine } from '../results/objects';
import { withTerms } from '../results/objects';
import type { CallOptions, Session } from '../session';
import { ask } from '../submission/ask';

/** A credit line with its sealed limit and use, for its financier and its obligor. Throws NOT_FOUND, WRONG_PEER. */
export async function openCreditLine(session: Session, id: CreditLineId, options?: CallOptions): Promise<OpenedCreditLine> {
  return readCreditLine(await ask(session, certificateVerbs.openCreditLine, { creditLineId: id }, options));
}

/** Typed form of an opened credit line. */
export function readCreditLine(opened: Opened<CreditLineSkeleton>): OpenedCreditLine {
  return withTerms<CreditLineSkeleton, CreditLineTerms>(opened, 'creditLine');
}
