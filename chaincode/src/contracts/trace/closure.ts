import { DualchainError, packTrace, traceClosure } from '@dualchain/model';
import type { HiddenEvents, InputOf, Packed, TraceAnswer, TraceDirection, TraceLookupAll, traceVerbs as verbs } from '@dualchain/model';
import { readableLookup } from '../../ledger';
import type { Call } from '../../ledger';

/**
 * Reads the identifiers of a level together (`SubjectRows`) and no event: time grows with the answer, not with the
 * ledger. Where the caller's organisation holds link keys, besides what `sealedLookup` reads for each identifier.
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
