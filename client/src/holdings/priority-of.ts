import { certificateVerbs } from '@dualchain/model';
import type { HoldingId, Priority } from '../results/objects';
import { typed } from '../results/typed';
import type { CallOptions, Session } from '../session';
import { ask } from '../submission/ask';

/**
 * In which order those who have or had a claim on a holding are served: registered before not registered, the earlier
 * registration first, then the earlier notice to the obligor, the others in proportion. Throws NOT_FOUND, TOO_LARGE.
 */
export async function priorityOf(session: Session, holdingId: HoldingId, options?: CallOptions): Promise<Priority> {
  return typed(await ask(session, certificateVerbs.priorityOf, { holdingId }, options));
}
