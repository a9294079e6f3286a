import type { OrderTerms, VersionRecord } from '@dualchain/model';
import { tradeVerbs } from '@dualchain/model';
import type { EarlierVersion } from '../results/objects';
import { withTerms } from '../results/objects';
import { listOf } from '../results/pages';
import type { PageParameters } from '../results/pages';
import type { CallOptions, Session } from '../session';

export interface OrderVersionsParameters extends PageParameters {
  readonly id: string;
}

/** Earlier versions of an order, oldest first, with the sealed terms that the own organisation holds of them. */
export function orderVersions(session: Session, parameters: OrderVersionsParameters, options?: CallOptions): AsyncGenerator<EarlierVersion<OrderTerms>, void, undefined> {
  return listOf(session, tradeVerbs.orderVersions, parameters, (opened) => withTerms<VersionRecord, OrderTerms>(opened, 'orderVersion'), options);
}
