import { DualchainError, isInBatch, isNamedByHash } from '@dualchain/model';
import type { EpcisProblem, EventLinks, InternalBatchSkeleton, InputOf, MemberRecord, SealedEventSkeleton, SealedRecord, sealedTraceVerbs } from '@dualchain/model';
import { decideCapture, judgeEvents } from './capture';
import type { Candidate } from './capture';

export type CaptureSealedInput = InputOf<typeof sealedTraceVerbs.captureSealedEvents>;

/** Problems that one error carries. */
const MAX_PROBLEMS = 1000;

/** The parties of a sealed capture, or those it is shared with, each once; the caller is none of them. Throws INVALID_INPUT, NOT_A_MEMBER. */
export function partiesBeside(caller: string, named: readonly string[], members: readonly Pick<MemberRecord, 'mspId' | 'state'>[]): string[] {
  const parties = [...new Set(named)];
  if (parties.includes(caller)) throw new DualchainError('INVALID_INPUT', `${caller} reports these events and reads them anyway; name the others only.`, { details: { mspId: caller } });
  for (const mspId of parties) {
    const member = members.find((each) => each.mspId === mspId);
    if (member?.state !== 'active') throw new DualchainError('NOT_A_MEMBER', `${mspId} is not an active member of the consortium; events are sealed to active members only.`, { details: { mspId } });
  }
  return parties;
}

/**
 * Events that are well-formed and may be reported by the caller, with their ids. What stands publicly under the same
 * identifiers is not asked: the keys of what endorsers read are public. Throws INVALID_EPCIS, TOO_LARGE, INVALID_INPUT,
 * none of which repeats anything of the events.
 */
export function judgeSealed(content: { readonly context?: unknown; readonly events: readonly Record<string, unknown>[] }, now: string, places: (links: EventLinks) => readonly Omit<EpcisProblem, 'event'>[]): readonly Candidate[] {
  const candidates = withoutValues(() => {
    const judged = judgeEvents({ context: content.context, events: [...content.events] }, now);
    decideCapture(judged, { standing: new Map(), commissioned: new Map(), places }, { reporter: '', at: now, transactionId: '', mode: 'all', context: null });
    return judged.candidates;
  });
  const seen = new Set<string>();
  for (const { index, id } of candidates) {
    if (seen.has(id)) throw new DualchainError('INVALID_INPUT', `Event ${index} stands in the transaction twice; send it once, and the declaration of an error in a later transaction.`, { details: { event: index } });
    seen.add(id);
  }
  return candidates;
}

/** The same refusal without the values that its messages may repeat: a peer's log keeps what chaincode refuses. Event, field and rule stay. */
export function withoutValues<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof DualchainError)) throw error;
    if (error.code === 'TOO_LARGE') throw error;
    const problems: unknown = error.details['problems'];
    throw refusal((Array.isArray(problems) ? (problems as EpcisProblem[]) : []).map(({ event, path, rule }) => ({ ...(event === undefined ? {} : { event }), path: plainPath(path), rule, message: 'breaks this rule; check the event where it can be read.' })));
  }
}

function refusal(problems: readonly EpcisProblem[]): DualchainError {
  const [first] = problems;
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
  const where = first === undefined ? 'An event breaks a rule' : `Event ${first.event ?? 0}, ${first.path}, breaks the rule ${first.rule}`;
  return new DualchainError('INVALID_EPCIS', `${where}${more}. Its values are not repeated here, because they are sealed; validate the event before you send it.`, { details: { problems: problems.slice(0, MAX_PROBLEMS), total: problems.length } });
}

/** Standard field at the top of the event; names of extensions are as sealed as their values. */
function plainPath(path: string): string {
  return /^\$\.[a-z][A-Za-z]*(?=$|[.[])/.exec(path)?.[0] ?? '$';
}

/** Throws NOT_A_PARTY unless the caller reported the event: nobody else opens it. */
export function requireReporter({ id, reporter }: Pick<SealedEventSkeleton | InternalBatchSkeleton, 'id' | 'reporter'>, caller: string): void {
  if (reporter !== caller) throw new DualchainError('NOT_A_PARTY', `The sealed events of ${id} were reported by ${reporter}; only it shares them.`, { details: { id, reporter } });
}

/** Throws NOT_GENUINE unless an internal event is what its reporter committed to in this batch, and its event hash is its own. */
export function requireCommitted(record: SealedRecord, batch: InternalBatchSkeleton, position: number, proof: readonly string[], reporter: string): void {
  if (record['reporter'] === reporter && isInBatch(record, batch, position, proof) && isNamedByHash(record)) return;
  throw new DualchainError('NOT_GENUINE', `The internal event ${record.id.slice(0, 64)} is not what stands at place ${position} of the batch ${batch.id}; read it anew with the organisation's key.`, { details: { id: record.id.slice(0, 64), batch: batch.id } });
}
