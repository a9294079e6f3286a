import { traceVerbs } from '@dualchain/model';
import type { TraceEventRecord } from '../results/objects';
import { typed } from '../results/typed';
import type { CallOptions, Session } from '../session';
import { ask, orUndefined } from '../submission/ask';

/** One event by its id (CBV 2.0 event hash), as it was captured; undefined if there is none. */
export function getEvent(session: Session, id: string, options?: CallOptions): Promise<TraceEventRecord | undefined> {
  return orUndefined(requireEvent(session, id, options));
}

/** One event by its id (CBV 2.0 event hash), as it was captured. Throws NOT_FOUND. */
export async function requireEvent(session: Session, id: string, options?: CallOptions): Promise<TraceEventRecord> {
  return typed(await ask(session, traceVerbs.event, { id }, options));
}
