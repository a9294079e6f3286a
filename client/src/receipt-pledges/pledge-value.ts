import type { ResultOf } from '@dualchain/model';
import { collateralVerbs } from '@dualchain/model';
import type { ReceiptPledgeId } from '../results/objects';
import type { Typed } from '../results/typed';
import { typed } from '../results/typed';
import type { CallOptions, Session } from '../session';
import { ask } from '../submission/ask';

export type PledgeValueResult = Typed<ResultOf<typeof collateralVerbs.pledgeValue>>;

/** What a pledge is worth now, computed from the own sealed records: eligible value 0 while the goods are held. Throws NOT_FOUND, OPENING_REQUIRED. */
export async function pledgeValue(session: Session, id: ReceiptPledgeId, options?: CallOptions): Promise<PledgeValueResult> {
  return typed(await ask(session, collateralVerbs.pledgeValue, { id }, options));
}
