import { DualchainError, packTrace, traceClosure } from '@dualchain/model';
import type { HiddenEvents, InputOf, Packed, TraceAnswer, TraceDirection, TraceLookupAll, traceVerbs as verbs } from '@dualchain/model';
import { eventsLookup, sealedLookup, SubjectRows } from '../../ledger';
import type { Call } from '../../ledger';

/**
 * Reads the identifiers of a level together ({@link SubjectRows}) and no event: time grows with the answer, not with the
 * ledger. Where the caller's organisation holds link keys, besides what {@link sealedLookup} reads for each identifier.
 * Throws NOT_FOUND if no event names the id.
 */
export async function closureOf(call: Call<InputOf<typeof verbs.traceBack>>, direction: TraceDirection): Promise<Packed<TraceAnswer>> {
  const { id, depth, limit, frontier } = call.input;
  const cut = new Set<string>();
  const hidden: HiddenEvents[] = [];
  const read = await readableLookup(call, { cut: (subject) => cut.add(subject), hide: (subject, events) => hidden.push({ id: subject, events }) });
  let known = frontier !== undefined;
  const lookupAll: TraceLookupAll = async (subjects) => {
    const events = await read(subjects);
    known ||= events.size > 0 || hidden.length > 0;
    return events;
  };
  const limits = { ...(depth === undefined ? {} : { maxDepth: depth }), ...(limit === undefined ? {} : { maxNodes: limit }) };
  const start = frontier?.map(({ id: state, from, until, depth: at, via }) => ({ id: state, ...(from === undefined ? {} : { from }), ...(until === undefined ? {} : { until }), ...(at === undefined ? {} : { depth: at }), ...(via === undefined ? {} : { via }) })) ?? id;
  const result = await traceClosure({ direction, start, lookupAll, limits });
  // Without the identifier: it may be known from sealed events alone, and a peer's log keeps what chaincode refuses.
  if (!known) throw new DualchainError('NOT_FOUND', 'No event that your organisation can read names this identifier; check it, or capture its events first.');
  return packTrace({ ...result, truncated: result.truncated || cut.size > 0, cut: [...cut], hidden });
}

/** What a walk is told beside events. */
export interface Told {
  readonly cut: (subject: string) => void;
  readonly hide: (subject: string, events: number) => void;
}

/** Public events of identifiers and those sealed ones that the caller's organisation may read. What is public under the same id stands. For queries only. */
export async function readableLookup(call: Pick<Call, 'state' | 'sealed' | 'stub'>, { cut, hide }: Told): Promise<TraceLookupAll> {
  const read = eventsLookup({ state: call.state, rows: new SubjectRows(call.stub) }, cut);
  const sealedOf = await sealedLookup(call);
  if (sealedOf === undefined) return read;
  return async (subjects) => {
    const events = new Map(await read(subjects));
    for (const subject of subjects) {
      const found = await sealedOf(subject);
      if (found.hidden > 0) hide(subject, found.hidden);
      if (found.cut) cut(subject);
      const open = events.get(subject) ?? [];
      const ids = new Set(open.map(({ id }) => id));
      const own = found.events.filter(({ id }) => !ids.has(id));
      if (own.length > 0) events.set(subject, [...open, ...own]);
    }
    return events;
  };
}
