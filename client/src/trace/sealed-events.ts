import type { Opened, SealedEventSkeleton, SealedEventsPage, SealedRecord } from '@dualchain/model';
import { itemId, sealedEventParts, traceVerbs, validate } from '@dualchain/model';
import { listOf } from '../results/pages';
import type { PageParameters } from '../results/pages';
import { typed } from '../results/typed';
import type { Typed } from '../results/typed';
import type { CallOptions, Session } from '../session';
import { ask, orUndefined } from '../submission/ask';
import { checkFields, invalidParameter } from '../submission/plan';

/** A sealed event; `body` only where the own organisation may read it. */
export interface SealedEvent extends Typed<SealedEventSkeleton> {
  readonly body: SealedEventBody | undefined;
  /** The sealed record itself, by its key. */
  readonly records: Readonly<Record<string, SealedRecord>>;
}

export interface SealedEventBody {
  /** CBV 2.0 event hash. */
  readonly eventId: string;
  readonly context: unknown;
  readonly event: Readonly<Record<string, unknown>>;
  /** The sealed event that this one declares to be an error. */
  readonly declares?: string;
}

/** The sealed events of an identifier, as far as the own organisation can follow them. */
export interface SealedEventsOf {
  readonly events: readonly SealedEvent[];
  /** Events that it can follow and not read. */
  readonly hidden: number;
  /** Whether `limit` ended it. */
  readonly truncated: boolean;
}

const DEFAULT_LIMIT = 1_000;

/** A sealed event by its id or its event hash; undefined if there is none, or the own organisation holds none of this hash. */
export function getSealedEvent(session: Session, id: string, options?: CallOptions): Promise<SealedEvent | undefined> {
  return orUndefined(requireSealedEvent(session, id, options));
}

/** A sealed event by its id or its event hash. Throws NOT_FOUND. */
export async function requireSealedEvent(session: Session, id: string, options?: CallOptions): Promise<SealedEvent> {
  return read(await ask(session, traceVerbs.sealedEvent, { id }, options));
}

/** The sealed events that the own organisation may read, in no order that means anything. */
export function sealedEvents(session: Session, parameters: PageParameters, options?: CallOptions): AsyncGenerator<SealedEvent, void, undefined> {
  return listOf(session, traceVerbs.sealedEvents, parameters, read, options);
}

/** The sealed events of a lot, object or container, in time order, and how many there are that the own organisation may not read. Throws INVALID_INPUT, WRONG_PEER. */
export async function sealedEventsOf(session: Session, parameters: { readonly id: string; readonly limit?: number }, options?: CallOptions): Promise<SealedEventsOf> {
  const { id, limit = DEFAULT_LIMIT } = checkFields(parameters, ['id', 'limit']);
  validate(itemId, id, 'The identifier');
  if (!Number.isSafeInteger(limit) || limit < 1) throw invalidParameter('limit', 'must be a whole number of at least 1');
  const events: SealedEvent[] = [];
  let hidden = 0;
  let bookmark = '';
  do {
    const page: SealedEventsPage = await ask(session, traceVerbs.sealedEventsOf, { id, ...(bookmark !== '' && { bookmark }) }, options);
    events.push(...page.items.map(read));
    hidden += page.hidden;
    bookmark = page.bookmark;
  } while (bookmark !== '' && events.length < limit);
  const declares = ({ body }: SealedEvent) => (body?.declares === undefined ? 0 : 1);
  return { events: events.sort((a, b) => timeOf(a) - timeOf(b) || declares(a) - declares(b)).slice(0, limit), hidden, truncated: bookmark !== '' || events.length > limit };
}

function read({ skeleton, records }: Opened<SealedEventSkeleton>): SealedEvent {
  const record = Object.values(records).find(({ type }) => type === 'sealedEvent');
  return { ...typed(skeleton), body: record === undefined ? undefined : bodyOf(record), records };
}

function bodyOf(record: SealedRecord): SealedEventBody {
  const { eventId, context, event, declares } = sealedEventParts(record);
  return { eventId, context, event, ...(declares === undefined ? {} : { declares }) };
}

function timeOf({ body }: SealedEvent): number {
  return Date.parse(String(body?.event['eventTime'])) || 0;
}
