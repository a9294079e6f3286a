import { canonicalJson, DualchainError, eventLinks, parseContext, recallTable, sha256Hex } from '@dualchain/model';
import type { EventLinks, EventRecord, InputOf, MemberRecord, RecallFlag, RecallSkeleton, TraceHop, TraceState, traceVerbs } from '@dualchain/model';
import { outcomeOf, requireTransition } from '../transition';

export type OpenRecallInput = InputOf<typeof traceVerbs.openRecall>;

/** Name of the way on which the recalled lot itself is flagged. */
const ORIGIN = 'origin';

/** Inspector, authority or brand owner recalls a lot (traceability.md, "Recall"). `lot` is canonical. Throws NOT_A_PARTY. */
export function openRecall({ recallId: id, reasonClass, reason }: OpenRecallInput, lot: string, author: Pick<MemberRecord, 'mspId' | 'roles'>, brandOwner: string | undefined, at: string): RecallSkeleton {
  const supervises = author.roles.some((role) => role === 'inspector' || role === 'authority');
  if (!supervises && brandOwner !== author.mspId) {
    throw new DualchainError('NOT_A_PARTY', `The lot ${lot} belongs to ${brandOwner === undefined ? 'no member by its GTIN' : brandOwner}; its brand owner, an inspector or the authority recalls it, not ${author.mspId}.`, { details: { lot, brandOwner: brandOwner ?? null } });
  }
  const row = requireTransition(recallTable, 'openRecall', { id, state: null, parties: {} }, author.mspId);
  return { id, author: author.mspId, lot, reasonClass, reason, state: row.to, openedAt: at };
}

/** Throws WRONG_STATE unless the recall still spreads. */
export function requireSpreading({ id, state, author }: RecallSkeleton, caller: string): void {
  requireTransition(recallTable, 'advanceRecall', { id, state, parties: { self: author } }, caller);
}

/** One step of closing; `rest`: flags remain. Throws NOT_A_PARTY, WRONG_STATE. */
export function closeRecall(recall: RecallSkeleton, caller: string, rest: boolean, at: string): RecallSkeleton {
  const { id, state, author } = recall;
  const row = requireTransition(recallTable, 'closeRecall', { id, state, parties: { self: author } }, caller);
  return rest ? { ...recall, state: outcomeOf(row, 'closing') } : { ...recall, state: outcomeOf(row, 'closed'), closedAt: at };
}

/** The flag of the recalled lot itself. */
export function originFlag({ id, lot, openedAt }: RecallSkeleton): RecallFlag {
  return { lot, recallId: id, at: openedAt };
}

/** The flag of what flagged goods went into. */
export function inherit({ recallId }: Pick<RecallFlag, 'recallId'>, { edge, sourceEventId, state }: TraceHop, at: string): RecallFlag {
  return {
    lot: edge.to,
    recallId,
    from: edge.from,
    eventId: edge.eventId,
    ...(sourceEventId === edge.eventId ? {} : { sourceEventId }),
    via: edge.kind,
    ...(state.from === undefined ? {} : { since: state.from }),
    ...(state.until === undefined ? {} : { until: state.until }),
    at,
  };
}

/** Last part of a flag's key: the same way of the goods gives the same key, so that spreading again writes nothing and cycles end. */
export function wayOf({ from, eventId, sourceEventId, via, since, until }: RecallFlag): string {
  return from === undefined ? ORIGIN : sha256Hex(canonicalJson({ from, eventId, sourceEventId, via, since, until })).slice(0, 32);
}

/** Where a flag's goods go on from; `until` is earlier if they have left the container meanwhile. */
export function stateOf({ lot, since, until }: RecallFlag, leftAt?: string): TraceState {
  const end = leftAt !== undefined && (until === undefined || leftAt < until) ? leftAt : until;
  return { id: lot, ...(since === undefined ? {} : { from: since }), ...(end === undefined ? {} : { until: end }) };
}

/** Lots and objects whose goods an event carries on; empty for events that only tell of them. */
export function sourcesOf(links: Pick<EventLinks, 'type' | 'action' | 'parent' | 'epcs' | 'classes' | 'inputs' | 'inputQuantities'>): string[] {
  if (links.type === 'TransformationEvent') return [...new Set([...links.inputs, ...links.inputQuantities.map(({ id }) => id)])];
  const packs = (links.type === 'AggregationEvent' || links.type === 'AssociationEvent') && links.action !== 'DELETE' && links.parent !== undefined;
  return packs ? [...new Set([...links.epcs, ...links.classes.map(({ id }) => id)])] : [];
}

/** Links of an event as it stands on the ledger. */
export function linksOf({ event, context }: Pick<EventRecord, 'event' | 'context'>): EventLinks {
  return eventLinks(event, parseContext(context));
}

/**
 * Whether an event by itself carries goods as the flag says: from its source into its lot, and no earlier than the flag
 * begins. `source` is the event that names the input, the same one unless the transformation was reported in several.
 */
export function carries(flag: RecallFlag, sink: EventLinks, source: EventLinks): boolean {
  const { lot, from, via, since } = flag;
  if (from === undefined || since === undefined || !sourcesOf(source).includes(from)) return false;
  if (via === 'transformation') {
    const linked = sink === source || (sink.transformationId !== undefined && sink.transformationId === source.transformationId && source.time <= sink.time);
    const outputs = [...sink.outputs, ...sink.outputQuantities.map(({ id }) => id)];
    return linked && sink.type === 'TransformationEvent' && source.type === 'TransformationEvent' && outputs.includes(lot) && since === sink.time;
  }
  return sink === source && sink.parent === lot && sink.time <= since && sink.type === (via === 'aggregation' ? 'AggregationEvent' : 'AssociationEvent');
}

/** Whether the goods of `parent` were there when they went on by the flag: consumed at `at`, or packed from then on. */
export function continues(parent: RecallFlag, flag: RecallFlag, at: string): boolean {
  if (parent.lot !== flag.from || parent.recallId !== flag.recallId) return false;
  const begin = parent.since ?? '';
  const end = parent.until ?? '\uffff';
  return flag.via === 'transformation' ? begin <= at && at <= end : begin <= (flag.until ?? '\uffff') && (flag.since ?? '') <= end;
}
