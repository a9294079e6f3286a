import { certificateVerbs } from '@dualchain/model';
import type { CreditLine, CreditLineId } from '../results/objects';
import { typed } from '../results/typed';
import type { CallOptions, Session } from '../session';
import { ask, orUndefined } from '../submission/ask';

/** The public side of a credit line, as the own peer has it; undefined if there is none. */
export function getCreditLine(session: Session, id: CreditLineId, options?: CallOptions): Promise<CreditLine | undefined> {
  return orUndefined(requireCreditLine(session, id, options));
}

/** The public side of a credit line, as the own peer has it. Throws NOT_FOUND. */
export async function requireCreditLine(session: Session, id: CreditLineId, options?: CallOptions): Promise<CreditLine> {
  return typed(await ask(session, certificateVerbs.creditLine, { creditLineId: id }, options));
}
