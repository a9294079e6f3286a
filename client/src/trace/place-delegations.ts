import type { PlaceDelegation } from '@dualchain/model';
import { traceVerbs } from '@dualchain/model';
import type { CallOptions, Session } from '../session';
import { ask } from '../submission/ask';

/** At whose places a member may report events: what their owners stand behind. Throws NOT_FOUND for a stranger. */
export async function placeDelegations(session: Session, delegate: string, options?: CallOptions): Promise<readonly PlaceDelegation[]> {
  return ask(session, traceVerbs.placeDelegations, { delegate }, options);
}
