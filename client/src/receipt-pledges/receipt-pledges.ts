import { collateralVerbs } from '@dualchain/model';
import type { OpenedReceiptPledge } from '../results/objects';
import { listOf } from '../results/pages';
import type { PageParameters } from '../results/pages';
import type { CallOptions, Session } from '../session';
import { readReceiptPledge } from './open-receipt-pledge';

export type ReceiptPledgesParameters = PageParameters;

/** The loans against receipts of the own organisation, with their terms. */
export function receiptPledges(session: Session, parameters: ReceiptPledgesParameters = {}, options?: CallOptions): AsyncGenerator<OpenedReceiptPledge, void, undefined> {
  return listOf(session, collateralVerbs.receiptPledges, parameters, readReceiptPledge, options);
}
