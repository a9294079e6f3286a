import { canonicalJson, compareUtf8, DualchainError, eventLinks, firstHome, HOME_SEPARATOR, inRange, matches, parseContext, planQuery, readQuery, sha256Hex, within } from '@dualchain/model';
import type { EventQuery, EventRecord, EventsPage, QueriedEvent, QueryParameters, QueryPlan, QueryRange, traceQuestionVerbs as verbs } from '@dualchain/model';
import { keysFrom } from '../../ledger';
import type { Call, CallOf } from '../../ledger';

/** Events that one call reads. */
export const MAX_EVENT_READS = 1_000;
/** Rows of indexes that one call reads. */
export const MAX_ROWS = 20_000;
/** Events that are sorted by the time of their capture, which no index but that of all events has. */
export const MAX_SORTED_EVENTS = 2_000;
/** Characters of events in one answer. */
const MAX_CHARACTERS = 4_000_000;

type Reader = Pick<Call, 'state' | 'stub'>;

/** An event to look at, and where to go on after it. */
interface Candidate {
  /** Undefined for a row that says by itself that its event is no answer: it only counts. */
  readonly eventId: string | undefined;
  /** Index and home of the row; undefined for events that stand in the list once. */
  readonly home?: string;
  /** Attributes of a key, or what the list is sorted by. */
  readonly position: readonly string[];
}

interface Token {
  /** Of which query. */
  readonly query: string;
  readonly range: number;
  readonly position: readonly string[];
  /** Events given so far. */
  readonly given: number;
}

/**
 * Events by the standard parameters of EPCIS 2.0. Reads the most selective index by range, a message for some hundred
 * rows, and each event that the index cannot rule out; at most {@link MAX_EVENT_READS} events and {@link MAX_ROWS} rows a
 * call. Where a bound ends a page early, `nextPageToken` goes on. Throws INVALID_INPUT, TOO_LARGE.
 */
export async function queryEvents(call: CallOf<typeof verbs.queryEvents>): Promise<EventsPage> {
  const parameters: QueryParameters = call.input.query;
  const query = readQuery(parameters);
  return new QueryRun(call, query, fingerprint(parameters)).page();
}

class QueryRun {
  private readonly plan: QueryPlan;
  private rows = 0;

  constructor(
    private readonly call: Reader,
    private readonly query: EventQuery,
    private readonly fingerprint: string,
  ) {
    this.plan = planQuery(query);
  }

  async page(): Promise<EventsPage> {
    const { query } = this;
    const start = query.nextPageToken === undefined ? undefined : readToken(query.nextPageToken, this.fingerprint);
    const events: EventRecord[] = [];
    let scanned = 0;
    let characters = 0;
    let given = start?.given ?? 0;
    for await (const { range, candidate } of this.candidates(start)) {
      const record = candidate.eventId === undefined ? undefined : await this.call.state.get('event', candidate.eventId);
      if (record !== undefined) {
        scanned += 1;
        const event = asQueried(record);
        if ((candidate.home === undefined || firstHome(this.plan, event.links) === candidate.home) && matches(query, event)) {
          given += 1;
          if (query.maxEventCount !== undefined && given > query.maxEventCount) throw new DualchainError('TOO_LARGE', `More than ${query.maxEventCount} events answer the query (maxEventCount). Narrow it, or give eventCountLimit to take the first ones.`);
          events.push(record);
          characters += canonicalJson(record).length;
          if (given === query.eventCountLimit) return { events, scanned };
        }
      }
      if (events.length >= query.perPage || scanned >= MAX_EVENT_READS || this.rows >= MAX_ROWS || characters >= MAX_CHARACTERS) return { events, scanned, nextPageToken: writeToken({ query: this.fingerprint, range, position: candidate.position, given }) };
    }
    return { events, scanned };
  }

  private async *candidates(start: Token | undefined): AsyncGenerator<{ readonly range: number; readonly candidate: Candidate }, void, undefined> {
    const { plan } = this;
    if (plan.source === 'id' || plan.order !== 'index') {
      const after = start?.position;
      for (const candidate of await this.sorted()) if (after === undefined || this.inOrder(candidate.position, after) > 0) yield { range: 0, candidate };
    } else if (plan.source === 'captured') {
      for await (const candidate of this.captured(start?.position)) yield { range: 0, candidate };
    } else {
      for (let range = start?.range ?? 0; range < plan.ranges.length; range += 1) {
        const rows = this.rowsOf(plan.ranges[range] as QueryRange, range === start?.range ? start.position : undefined);
        for await (const candidate of rows) yield { range, candidate };
      }
    }
  }

  /** In the order in which they were captured. */
  private async *captured(after: readonly string[] | undefined): AsyncGenerator<Candidate, void, undefined> {
    const { times } = this.plan;
    const from = after?.slice(0, 2) ?? (times.from === undefined ? [] : [times.from]);
    for await (const [time = '', transactionId = ''] of keysFrom(this.call.stub, 'captured', from)) {
      if (!within(times, time)) {
        if (times.before !== undefined && time >= times.before) return;
        continue;
      }
      for (const position of await this.batch(time, transactionId)) if (after === undefined || compare(position, after) > 0) yield { eventId: position[2] ?? '', position };
    }
  }

  private async batch(time: string, transactionId: string): Promise<(readonly string[])[]> {
    this.rows += 1;
    const batch = await this.call.state.get('batch', transactionId);
    return [...(batch?.events ?? [])].sort(compareUtf8).map((id) => [time, transactionId, id]);
  }

  /** Rows of a range, of those outside the times no event. Rows of one home come in order of time. */
  private async *rowsOf(range: QueryRange, after: readonly string[] | undefined): AsyncGenerator<Candidate, void, undefined> {
    const { source, times } = this.plan;
    if (source === 'id' || source === 'captured') return;
    const parts = range.home.split(HOME_SEPARATOR);
    for await (const attributes of keysFrom(this.call.stub, source, after ?? [...parts, ...(range.prefix || times.from === undefined ? [] : [times.from])])) {
      const home = attributes.slice(0, -2).join(HOME_SEPARATOR);
      const [time = '', eventId = ''] = attributes.slice(-2);
      if (!inRange(range, home)) return;
      this.rows += 1;
      if (after !== undefined && compare(attributes, after) <= 0) continue;
      if (!range.prefix && times.before !== undefined && time >= times.before) return;
      yield { eventId: within(times, time) ? eventId : undefined, home, position: attributes };
    }
  }

  /** All candidates, sorted. Throws TOO_LARGE rather than sort a part of them. */
  private async sorted(): Promise<Candidate[]> {
    const { plan, call } = this;
    const found = new Map<string, readonly string[]>();
    const take = (id: string | undefined, position: readonly string[]): void => {
      if (id !== undefined) found.set(id, position);
      if (found.size > MAX_ROWS || this.rows > MAX_ROWS) throw tooMany(MAX_ROWS, plan);
    };
    if (plan.source === 'id') for (const { home } of plan.ranges) take(home, [home]);
    else if (plan.source === 'captured') {
      const batches: (readonly [string, string])[] = [];
      for await (const [time = '', transactionId = ''] of keysFrom(call.stub, 'captured', plan.times.from === undefined ? [] : [plan.times.from])) {
        if (plan.times.before !== undefined && time >= plan.times.before) break;
        batches.push([time, transactionId]);
        if (batches.length > MAX_ROWS) throw tooMany(MAX_ROWS, plan);
      }
      for (const [time, transactionId] of batches) for (const position of await this.batch(time, transactionId)) take(position[2] ?? '', position);
    } else for (const range of plan.ranges) for await (const { eventId, position } of this.rowsOf(range, undefined)) take(eventId, position.slice(-2));
    // What was read to be sorted does not count against the page: otherwise it would never get any further.
    this.rows = 0;
    if (plan.order === 'recordTime' && plan.source !== 'captured') {
      if (found.size > MAX_SORTED_EVENTS) throw tooMany(MAX_SORTED_EVENTS, plan);
      await this.place(found, (record) => [record.capturedAt, record.transactionId, record.id]);
    } else if (plan.order === 'eventTime' && plan.source === 'id') await this.place(found, (record) => [asQueried(record).links.time, record.id]);
    return [...found].map(([eventId, position]) => ({ eventId, position })).sort((a, b) => this.inOrder(a.position, b.position));
  }

  /** Puts events where they belong by what only they themselves tell. */
  private async place(found: Map<string, readonly string[]>, positionOf: (record: EventRecord) => readonly string[]): Promise<void> {
    for (const id of [...found.keys()]) {
      const record = await this.call.state.get('event', id);
      if (record === undefined) found.delete(id);
      else found.set(id, positionOf(record));
    }
  }

  private inOrder(a: readonly string[], b: readonly string[]): number {
    const { direction, order } = this.plan;
    return direction === 'DESC' && order !== 'index' ? compare(b, a) : compare(a, b);
  }
}

function tooMany(limit: number, { source }: QueryPlan): DualchainError {
  const narrow = source === 'captured' ? 'GE_recordTime and LT_recordTime' : 'GE_eventTime and LT_eventTime';
  return new DualchainError('TOO_LARGE', `To order the answer, more than ${limit} entries would have to be sorted. Narrow the query by ${narrow}, or leave orderBy out.`, { details: { limit } });
}

function asQueried(record: EventRecord): QueriedEvent {
  const { id, capturedAt, event, context, declarations } = record;
  return { id, recordTime: capturedAt, links: eventLinks(event, parseContext(context)), event, context, declarations: (declarations ?? []).map(({ errorDeclaration }) => errorDeclaration).filter(isObject) };
}

function compare(a: readonly string[], b: readonly string[]): number {
  for (let part = 0; part < Math.max(a.length, b.length); part += 1) {
    const order = compareUtf8(a[part] ?? '', b[part] ?? '');
    if (order !== 0) return order;
  }
  return 0;
}

/** The same for the same query, whatever its pages. */
function fingerprint(parameters: QueryParameters): string {
  const { perPage: _perPage, nextPageToken: _nextPageToken, ...rest } = parameters;
  return sha256Hex(canonicalJson(rest)).slice(0, 16);
}

function writeToken(token: Token): string {
  return Buffer.from(JSON.stringify(token), 'utf8').toString('base64url');
}

function readToken(text: string, query: string): Token {
  const foreign = () => new DualchainError('INVALID_INPUT', 'The query is not valid at nextPageToken: it belongs to another query; send the token with the same parameters as before, or begin without one.', { details: { issues: [{ path: 'nextPageToken', rule: 'belongs to another query' }] } });
  try {
    const token = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as Partial<Token>;
    const { range, position, given } = token;
    const usable = token.query === query && Number.isSafeInteger(range) && Number.isSafeInteger(given) && Array.isArray(position) && position.length > 0 && position.every((part) => typeof part === 'string' && part !== '');
    if (!usable) throw foreign();
    return { query, range: range ?? 0, position, given: given ?? 0 };
  } catch (error) {
    throw error instanceof DualchainError ? error : foreign();
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
