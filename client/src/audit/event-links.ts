import { eventLinks, parseContext } from '@dualchain/model';
import type { EventLinks, EventRecord } from '@dualchain/model';
import type { LedgerState } from './ledger-state';

/** Links of events that were read lately: a step that flags many lots names the same event again and again. */
const read = new WeakMap<EventRecord, EventLinks>();

/** What an event says of lots and objects; undefined if it is not on the ledger. */
export function linksOf(state: LedgerState, eventId: string): EventLinks | undefined {
  const record = state.get('event', eventId);
  return record === undefined ? undefined : linksIn(record);
}

/** The same of an event at hand. */
export function linksIn(record: EventRecord): EventLinks {
  const links = read.get(record) ?? eventLinks(record.event, parseContext(record.context));
  read.set(record, links);
  return links;
}
