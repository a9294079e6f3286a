import type { ResultOf } from '@dualchain/model';
import { traceVerbs } from '@dualchain/model';
import type { RecallId } from '../results/objects';
import type { Typed } from '../results/typed';
import { typed } from '../results/typed';
import type { CallOptions, Session } from '../session';
import { ask, orUndefined } from '../submission/ask';

export type GetRecallResult = Typed<ResultOf<typeof traceVerbs.recall>>;

/** A recall with what it flagged and which certificates rest on that; undefined if there is none. */
export async function getRecall(session: Session, id: RecallId, options?: CallOptions): Promise<GetRecallResult | undefined> {
  const found = await orUndefined(ask(session, traceVerbs.recall, { id }, options));
  return found === undefined ? undefined : typed(found);
}
