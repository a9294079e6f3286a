import { collateralVerbs } from '@dualchain/model';
import type { Receipt } from '../results/objects';
import { listOf } from '../results/pages';
import type { PageParameters } from '../results/pages';
import { typed } from '../results/typed';
import type { CallOptions, Session } from '../session';

export interface ReceiptsOfParameters extends PageParameters {
  /** Id of the lot, as URN or Digital Link. */
  readonly lot: string;
}

/** The public sides of the live receipts over a lot. */
export function receiptsOf(session: Session, parameters: ReceiptsOfParameters, options?: CallOptions): AsyncGenerator<Receipt, void, undefined> {
  return listOf(session, collateralVerbs.receiptsOf, parameters, (receipt): Receipt => typed(receipt), options);
}
