import { collateralVerbs } from '@dualchain/model';
import type { OpenedReceipt } from '../results/objects';
import { listOf } from '../results/pages';
import type { PageParameters } from '../results/pages';
import type { CallOptions, Session } from '../session';
import { readReceipt } from './open-receipt';

export type ReceiptsParameters = PageParameters;

/** The receipts that the own organisation may read, with their quantities. */
export function receipts(session: Session, parameters: ReceiptsParameters = {}, options?: CallOptions): AsyncGenerator<OpenedReceipt, void, undefined> {
  return listOf(session, collateralVerbs.receipts, parameters, readReceipt, options);
}
