import { eventLinks, parseContext, subjectEntry, traceEventOf } from '@dualchain/model';
import type { EventLinks, TraceEvent, TraceRequest } from '@dualchain/model';
import type { Call } from './call';

/** Events of one identifier that a walk reads. */
export const MAX_EVENTS_OF_SUBJECT = 20_000;
/** Stands in the key for a business transaction without a type. */
const UNTYPED = '-';

type Writer = Pick<Call, 'state'>;

/** Writes the index rows of an event: one for each identifier, step, place and business transaction it names. */
export async function indexEvent({ state }: Writer, id: string, links: EventLinks, declaredAt?: string): Promise<void> {
  for (const subject of links.subjects) await state.index('subject', [subject, links.time, id], subjectEntry(links, subject, declaredAt));
  if (links.bizStep !== undefined) await state.index('step', [links.bizStep, links.time, id]);
  for (const place of new Set([links.readPoint, links.bizLocation])) if (place !== undefined) await state.index('location', [place, links.time, id]);
  const transactions = new Map(links.bizTransactions.map(({ type, id: transaction }) => [`${type}\n${transaction}`, [type === '' ? UNTYPED : type, transaction] as const]));
  for (const attributes of transactions.values()) await state.index('transaction', [...attributes, id]);
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
export function eventLookup({ state }: Writer, onCut: (subject: string) => void): (subject: string) => Promise<readonly TraceEvent[]> {
  return async (subject) => {
    const rows = await state.scan('subject', [subject], MAX_EVENTS_OF_SUBJECT + 1);
    if (rows.length > MAX_EVENTS_OF_SUBJECT) onCut(subject);
    const events: TraceEvent[] = [];
    for (const { attributes, value } of rows.slice(0, MAX_EVENTS_OF_SUBJECT)) {
      const [, time = '', id = ''] = attributes;
      const event = traceEventOf(id, time, value);
      if (value.large !== true) events.push(event);
      else {
        const record = await state.require('event', id);
        const links = eventLinks(record.event, parseContext(record.context));
        events.push({ id, links: event.links.errorDeclaration === undefined ? links : { ...links, errorDeclaration: event.links.errorDeclaration } });
      }
    }
    return events;
  };
}

/** A lookup that also knows events of this transaction, which the peer does not show to the chaincode that wrote them. */
export function withNewEvents(lookup: TraceRequest['lookup'], events: readonly TraceEvent[], subjectsOf: (event: TraceEvent) => readonly string[]): TraceRequest['lookup'] {
  const bySubject = new Map<string, TraceEvent[]>();
  for (const event of events) for (const subject of subjectsOf(event)) bySubject.set(subject, [...(bySubject.get(subject) ?? []), event]);
  const ids = new Set(events.map(({ id }) => id));
  return async (subject) => [...(await lookup(subject)).filter(({ id }) => !ids.has(id)), ...(bySubject.get(subject) ?? [])];
}
