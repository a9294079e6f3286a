import { certificateVerbs } from '@dualchain/model';
import type { OpenedCreditLine } from '../results/objects';
import { listOf } from '../results/pages';
import type { PageParameters } from '../results/pages';
import type { CallOptions, Session } from '../session';
import { readCreditLine } from './open-credit-line';

export type CreditLinesParameters = PageParameters;

/** The credit lines of the own organisation, given or taken, with limit and use. */
export function creditLines(session: Session, parameters: CreditLinesParameters = {}, options?: CallOptions): AsyncGenerator<OpenedCreditLine, void, undefined> {
  return listOf(session, certificateVerbs.creditLines, parameters, readCreditLine, options);
}
