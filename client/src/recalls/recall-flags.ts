import { traceVerbs } from '@dualchain/model';
import type { RecallMark } from '../results/objects';
import { typed } from '../results/typed';
import type { CallOptions, Session } from '../session';
import { ask } from '../submission/ask';

/** The recalls that flag a lot or object (canonical id); empty if none does. */
export async function recallFlags(session: Session, id: string, options?: CallOptions): Promise<readonly RecallMark[]> {
  return typed(await ask(session, traceVerbs.recallFlags, { id }, options));
}
