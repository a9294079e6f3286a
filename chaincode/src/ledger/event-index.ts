import { eventLinks, parseContext, subjectEntry, traceEventOf, UNTYPED } from '@dualchain/model';
import type { EventLinks, SubjectEntry, TraceEvent, TraceLookupAll, TraceRequest } from '@dualchain/model';
import type { Call } from './call';
import { SubjectRows } from './subject-rows';
import type { SubjectRow } from './subject-rows';

/** Events of one identifier that a walk reads. */
export const MAX_EVENTS_OF_SUBJECT = 20_000;

type Writer = Pick<Call, 'state'>;
type Reader = Pick<Call, 'state'>;

/** Writes the index rows of an event: one for each identifier, step, place and business transaction it names. */
export async function indexEvent({ state }: Writer, id: string, links: EventLinks, declaredAt?: string): Promise<void> {
  for (const subject of links.subjects) await state.index('subject', [subject, links.time, id], subjectEntry(links, subject, declaredAt));
  if (links.bizStep !== undefined) await state.index('step', [links.bizStep, links.time, id]);
  for (const place of new Set([links.readPoint, links.bizLocation])) if (place !== undefined) await state.index('location', [place, links.time, id]);
  const transactions = new Map(links.bizTransactions.map(({ type, id: transaction }) => [`${type}\n${transaction}`, [type === '' ? UNTYPED : type, transaction] as const]));
  for (const attributes of transactions.values()) await state.index('transaction', [...attributes, links.time, id]);
}

/** Marks the rows of an event that was declared to be an error: traces no longer follow it. */
export async function indexDeclaration({ state }: Writer, id: string, links: EventLinks, declaredAt: string): Promise<void> {
  for (const subject of links.subjects) await state.index('subject', [subject, links.time, id], subjectEntry(links, subject, declaredAt));
}

/**
 * The events of an identifier from its index: one range, one message to the peer for each hundred rows, and no read of an
 * event unless its links are too long for the index. `onCut` is told of an identifier with more than
 * {@link MAX_EVENTS_OF_SUBJECT} events. In a transaction that writes, the range is part of what is decided: an event
 * captured meanwhile makes it fail and be tried again, so that no consequence slips through between the two.
 */
export function eventLookup({ state }: Reader, onCut: (subject: string) => void): (subject: string) => Promise<readonly TraceEvent[]> {
  return async (subject) => {
    const rows = await state.scan('subject', [subject], MAX_EVENTS_OF_SUBJECT + 1);
    return eventsIn(state, subject, rows.map(({ attributes: [, time = '', eventId = ''], value: entry }) => ({ time, eventId, entry })), onCut);
  };
}

/** The same for many identifiers at once, in a query: see {@link SubjectRows} for what it reads. */
export function eventsLookup({ state, stub }: Pick<Call, 'state' | 'stub'>, onCut: (subject: string) => void): TraceLookupAll {
  const rows = new SubjectRows(stub);
  return async (subjects) => {
    const events = new Map<string, readonly TraceEvent[]>();
    for (const [subject, found] of await rows.read(subjects, MAX_EVENTS_OF_SUBJECT)) events.set(subject, await eventsIn(state, subject, found, onCut));
    return events;
  };
}

async function eventsIn(state: Reader['state'], subject: string, rows: readonly SubjectRow[], onCut: (subject: string) => void): Promise<TraceEvent[]> {
  if (rows.length > MAX_EVENTS_OF_SUBJECT) onCut(subject);
  const events: TraceEvent[] = [];
  for (const { time, eventId, entry } of rows.slice(0, MAX_EVENTS_OF_SUBJECT)) events.push(entry.large === true ? await largeEvent(state, eventId, entry) : traceEventOf(eventId, time, entry));
  return events;
}

/** Read from the event itself; whether it was declared to be an error stands in the index too. */
async function largeEvent(state: Reader['state'], id: string, { declaredAt }: SubjectEntry): Promise<TraceEvent> {
  const record = await state.require('event', id);
  const links = eventLinks(record.event, parseContext(record.context));
  return { id, links: declaredAt === undefined ? links : { ...links, errorDeclaration: { declarationTime: declaredAt } } };
}

/** A lookup that also knows events of this transaction, which the peer does not show to the chaincode that wrote them. */
export function withNewEvents(lookup: TraceRequest['lookup'], events: readonly TraceEvent[], subjectsOf: (event: TraceEvent) => readonly string[]): TraceRequest['lookup'] {
  const bySubject = new Map<string, TraceEvent[]>();
  for (const event of events) for (const subject of subjectsOf(event)) bySubject.set(subject, [...(bySubject.get(subject) ?? []), event]);
  const ids = new Set(events.map(({ id }) => id));
  return async (subject) => [...(await lookup(subject)).filter(({ id }) => !ids.has(id)), ...(bySubject.get(subject) ?? [])];
}
