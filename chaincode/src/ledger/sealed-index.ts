import { linkTag, traceEventsOf } from '@dualchain/model';
import type { SealedRecord, TraceEvent, TraceLookupAll } from '@dualchain/model';
import type { Call } from './call';
import { eventsLookup } from './event-index';

/** Link keys of one identifier that are followed: it gets one at the first sealed event of each circle of organisations. */
export const MAX_LINKS = 100;
/** Sealed events of one identifier that a walk follows. */
export const MAX_SEALED_OF_SUBJECT = 2_000;

type Reader = Pick<Call, 'state' | 'sealed'>;

/** The own organisation's link records of an identifier; none where the question came to another's peer. */
export async function linksOf({ sealed }: Pick<Call, 'sealed'>, identifier: string): Promise<SealedRecord[]> {
  return sealed.atOwnPeer ? sealed.ownUnder('link', identifier, MAX_LINKS) : [];
}

/** Tag of a link record. */
export function tagOf({ identifier, key }: SealedRecord): string {
  return typeof identifier === 'string' && typeof key === 'string' ? linkTag(identifier, key) : '';
}

/** What the own organisation can know of an identifier's sealed events. */
export interface SealedFinding {
  readonly events: readonly TraceEvent[];
  /** The records behind them, and those that declare one to be an error. */
  readonly records: readonly SealedRecord[];
  /** Events that it can follow and not read. */
  readonly hidden: number;
  /** Whether there are more than {@link MAX_SEALED_OF_SUBJECT}. */
  readonly cut: boolean;
}

/**
 * Finds an identifier's sealed events for a walk; undefined where the caller's organisation holds no link key at all, or
 * is asked about at another's peer, so that others pay one message for it. For queries only: one private range an
 * identifier, a range for each link key, one read an event and one more for each that is hidden.
 */
export async function sealedLookup(call: Reader): Promise<((subject: string) => Promise<SealedFinding>) | undefined> {
  if (!call.sealed.atOwnPeer || (await call.sealed.ownPage('link', 1)).length === 0) return undefined;
  const read = new Map<string, SealedRecord | undefined>();
  return async (subject) => {
    const records = new Map<string, SealedRecord>();
    let hidden = 0;
    let cut = false;
    for (const link of await linksOf(call, subject)) {
      const rows = await call.state.scan('sealedSubject', [tagOf(link)], MAX_SEALED_OF_SUBJECT + 1);
      cut ||= rows.length > MAX_SEALED_OF_SUBJECT;
      for (const { attributes: [, id = ''] } of rows.slice(0, MAX_SEALED_OF_SUBJECT)) {
        if (!read.has(id)) read.set(id, await call.sealed.own('sealedEvent', id));
        const record = read.get(id);
        if (record !== undefined) records.set(id, record);
        else if (await isSealedEvent(call, id)) hidden += 1;
      }
    }
    return { events: traceEventsOf([...records.values()]), records: [...records.values()], hidden, cut };
  };
}

/** What a walk is told beside events. */
export interface Told {
  readonly cut: (subject: string) => void;
  readonly hide: (subject: string, events: number) => void;
}

/** Public events of identifiers and those sealed ones that the caller's organisation may read; those that it may not are told. What is public under the same id stands. For queries only. */
export async function readableLookup(call: Reader & Pick<Call, 'stub'>, { cut, hide }: Told): Promise<TraceLookupAll> {
  const read = eventsLookup(call, cut);
  const sealedOf = await sealedLookup(call);
  if (sealedOf === undefined) return read;
  return async (subjects) => {
    const found = new Map(await read(subjects));
    for (const subject of subjects) {
      const sealed = await sealedOf(subject);
      if (sealed.hidden > 0) hide(subject, sealed.hidden);
      if (sealed.cut) cut(subject);
      const open = found.get(subject) ?? [];
      const ids = new Set(open.map(({ id }) => id));
      const more = sealed.events.filter(({ id }) => !ids.has(id));
      if (more.length > 0) found.set(subject, [...open, ...more]);
    }
    return found;
  };
}

/** Whether a row names an event for which its reporter stands: rows alone are nothing, anyone can write them. A read and a hash read. */
export async function isSealedEvent({ state, sealed }: Reader, id: string): Promise<boolean> {
  const skeleton = await state.get('sealedEvent', id);
  return skeleton !== undefined && (await sealed.hashAt('sealedEvent', id, skeleton.reporter)) !== undefined;
}
