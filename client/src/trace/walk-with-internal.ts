import type { HiddenEvents, InputOf, TraceAnswer, TraceDirection, TraceEvent, TraceRows, TraceState } from '@dualchain/model';
import { DualchainError, traceClosure, traceEventsOf, traceVerbs } from '@dualchain/model';
import type { CallOptions, Session } from '../session';
import { ask } from '../submission/ask';
import { InternalBox } from './internal-box';
import { openInternal } from './internal-events';

/** Identifiers that are asked about at once. */
const MAX_IDS = 200;

/**
 * A closure over public, sealed and own internal events: walked here, because only here internal events can be read. Each
 * level of identifiers costs two questions to the own peer. Throws NOT_FOUND if no event names the id.
 */
export async function walkWithInternal(session: Session, direction: TraceDirection, { id, depth, limit, frontier }: InputOf<typeof traceVerbs.traceBack>, options?: CallOptions): Promise<TraceAnswer> {
  const box = await InternalBox.of(session);
  const cut = new Set<string>();
  const hidden: HiddenEvents[] = [];
  let known = frontier !== undefined;
  const lookupAll = async (subjects: readonly string[]): Promise<ReadonlyMap<string, readonly TraceEvent[]>> => {
    const found = new Map<string, readonly TraceEvent[]>();
    const internal = await openInternal(session, { tags: subjects.map((subject) => box.tag(subject)) }, options);
    for (let from = 0; from < subjects.length; from += MAX_IDS) {
      const rows: readonly TraceRows[] = await ask(session, traceVerbs.traceRows, { ids: subjects.slice(from, from + MAX_IDS) }, options);
      for (const { id: subject, events, hidden: unread, cut: more } of rows) {
        if (more) cut.add(subject);
        if (unread > 0) hidden.push({ id: subject, events: unread });
        const ids = new Set(events.map((event) => event.id));
        const own = traceEventsOf((internal.get(box.tag(subject)) ?? []).map(({ record }) => record)).filter((event) => !ids.has(event.id));
        if (events.length + own.length > 0) found.set(subject, [...events, ...own]);
      }
    }
    known ||= found.size > 0 || hidden.length > 0;
    return found;
  };
  const start = frontier?.map(stateOf) ?? id;
  const result = await traceClosure({ direction, start, lookupAll, limits: { ...(depth === undefined ? {} : { maxDepth: depth }), ...(limit === undefined ? {} : { maxNodes: limit }) } });
  if (!known) throw new DualchainError('NOT_FOUND', 'No event that your organisation can read names this identifier; check it, or capture its events first.');
  return { ...result, truncated: result.truncated || cut.size > 0, cut: [...cut], hidden };
}

function stateOf({ id, from, until, depth, via }: NonNullable<InputOf<typeof traceVerbs.traceBack>['frontier']>[number]): TraceState {
  return { id, ...(from === undefined ? {} : { from }), ...(until === undefined ? {} : { until }), ...(depth === undefined ? {} : { depth }), ...(via === undefined ? {} : { via }) };
}
