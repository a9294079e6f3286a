import { canonicalJson } from '../../canonical';
import type { JsonObject } from '../types';
import { isObject, isStandardContext, STANDARD_CONTEXT } from '../context';

/** An event as it is answered, by the ledger (times as text) or by the SDK (as Date). */
export interface QueriedRecord {
  readonly id: string;
  readonly capturedAt: string | Date;
  readonly context: unknown;
  readonly event: Readonly<Record<string, unknown>>;
  readonly declarations?: readonly { readonly capturedAt: string | Date; readonly errorDeclaration: unknown }[] | undefined;
}

/** EPCISQueryDocument of EPCIS 2.0 in JSON-LD. */
export interface QueryDocument {
  readonly '@context': readonly unknown[];
  readonly type: 'EPCISQueryDocument';
  readonly schemaVersion: '2.0';
  readonly creationDate: string;
  readonly epcisBody: { readonly queryResults: { readonly queryName: string; readonly resultsBody: { readonly eventList: readonly JsonObject[] } } };
}

/**
 * The events as an EPCIS 2.0 query document, each with `eventID` and `recordTime`; one that was declared to be an error
 * later appears a second time with its declaration. The namespaces of all events stand in the document's context; events
 * that give a prefix another meaning than the first one carry their own.
 */
export function toQueryDocument(records: readonly QueriedRecord[], options: { readonly queryName?: string; readonly createdAt?: Date } = {}): QueryDocument {
  const prefixes = new Map<string, unknown>();
  const remotes = new Set<string>();
  const eventList: JsonObject[] = [];
  for (const record of records) {
    const terms = new Map<string, unknown>();
    collect(record.context, terms, remotes);
    const own = new Map<string, unknown>();
    for (const [name, meaning] of terms) {
      const before = prefixes.get(name);
      if (before === undefined) prefixes.set(name, meaning);
      else if (canonicalJson(before) !== canonicalJson(meaning)) own.set(name, meaning);
    }
    const event = withContext(withoutEmptyIds(record.event), own);
    const base = { ...event, eventID: record.id };
    eventList.push({ ...base, recordTime: textOf(record.capturedAt) });
    for (const { capturedAt, errorDeclaration } of record.declarations ?? []) eventList.push({ ...base, recordTime: textOf(capturedAt), errorDeclaration });
  }
  return {
    '@context': [STANDARD_CONTEXT, ...remotes, ...[...prefixes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, meaning]) => ({ [name]: meaning }))],
    type: 'EPCISQueryDocument',
    schemaVersion: '2.0',
    creationDate: (options.createdAt ?? new Date()).toISOString(),
    epcisBody: { queryResults: { queryName: options.queryName ?? 'SimpleEventQuery', resultsBody: { eventList } } },
  };
}

function collect(raw: unknown, terms: Map<string, unknown>, remotes: Set<string>, depth = 0): void {
  if (Array.isArray(raw) && depth < 4) for (const part of raw) collect(part, terms, remotes, depth + 1);
  else if (typeof raw === 'string' && !isStandardContext(raw)) remotes.add(raw);
  else if (isObject(raw)) for (const [name, meaning] of Object.entries(raw)) terms.set(name, meaning);
}

/** Published documents write an id that an event has not as "", which capture takes for none and the schema of EPCIS refuses. */
function withoutEmptyIds(event: JsonObject): JsonObject {
  const empty = (['transformationID', 'parentID'] as const).filter((name) => event[name] === '');
  return empty.length === 0 ? event : Object.fromEntries(Object.entries(event).filter(([name]) => !(empty as readonly string[]).includes(name)));
}

/** The event's own context stays the innermost. */
function withContext(event: JsonObject, own: ReadonlyMap<string, unknown>): JsonObject {
  if (own.size === 0) return event;
  const before = event['@context'];
  return { '@context': [Object.fromEntries(own), ...(before === undefined ? [] : Array.isArray(before) ? (before as unknown[]) : [before])], ...Object.fromEntries(Object.entries(event).filter(([name]) => name !== '@context')) };
}

function textOf(time: string | Date): string {
  return typeof time === 'string' ? time : time.toISOString();
}
