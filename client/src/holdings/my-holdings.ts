import { certificateVerbs } from '@dualchain/model';
import type { OpenedHolding } from '../results/objects';
import { listOf } from '../results/pages';
import type { PageParameters } from '../results/pages';
import type { CallOptions, Session } from '../session';
import { readHolding } from './open-holding';

export type MyHoldingsParameters = PageParameters;

/** The holdings that the own organisation may read, with their ranges: its own, and those opened to it. */
export function myHoldings(session: Session, parameters: MyHoldingsParameters = {}, options?: CallOptions): AsyncGenerator<OpenedHolding, void, undefined> {
  return listOf(session, certificateVerbs.myHoldings, parameters, readHolding, options);
}
