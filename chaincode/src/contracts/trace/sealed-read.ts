import { canonicalId, DualchainError, sealedEventLinks, sealedEventParts } from '@dualchain/model';
import type { InternalBatch, InternalEventRow, InternalEventsFound, Opened, Page, sealedTraceVerbs as verbs, SealedEventSkeleton, SealedEventsPage, SealedGround, SealedRecord, ShareableEvent, TraceEvent, TraceRows } from '@dualchain/model';
import { isSealedEvent, linksOf, opened, ownPage, readableLookup, standingFlags, tagOf } from '../../ledger';
import type { Call, CallOf } from '../../ledger';

/** Records of one event hash: the event, what declares it to be an error, and what two users captured at the same moment. */
const MAX_NAMES = 20;
/** Internal events of one identifier. */
const MAX_INTERNAL_OF_TAG = 2_000;
const SEALED_ID = /^[0-9a-f]{64}$/;

type Reader = Pick<Call, 'state' | 'sealed'>;

/** One read and one private read; by event hash a private range more. */
export async function sealedEvent(call: CallOf<typeof verbs.sealedEvent>): Promise<Opened<SealedEventSkeleton>> {
  const { id } = call.input;
  if (SEALED_ID.test(id)) return open(call, id);
  const [first, ...rest] = await named(call, id);
  const found = [first, ...rest].find((record) => record?.['declares'] === undefined) ?? first;
  if (found === undefined) throw new DualchainError('NOT_FOUND', 'Your organisation holds no sealed event of this hash; who reported it can share it.');
  return open(call, found.id);
}

export function sealedEvents(call: CallOf<typeof verbs.sealedEvents>): Promise<Page<Opened<SealedEventSkeleton>>> {
  return ownPage(call, 'sealedEvent', (id) => open(call, id));
}

/** A page goes through one link key. A private range for these; then a range and two reads an event. */
export async function sealedEventsOf(call: CallOf<typeof verbs.sealedEventsOf>): Promise<SealedEventsPage> {
  const { state, sealed, input } = call;
  const links = await linksOf(call, canonicalId(input.id));
  const [at = '0', rows = ''] = (input.bookmark ?? '0.').split('.');
  const link = links[Number(at)];
  if (link === undefined) return { items: [], hidden: 0, bookmark: '' };
  const page = await state.page('sealedSubject', [tagOf(link)], { pageSize: input.pageSize, ...(rows === '' ? {} : { bookmark: rows }) });
  const items: Opened<SealedEventSkeleton>[] = [];
  let hidden = 0;
  for (const { attributes: [, id = ''] } of page.items) {
    const skeleton = await state.get('sealedEvent', id);
    const record = await sealed.own('sealedEvent', id);
    if (skeleton !== undefined && record !== undefined) items.push(opened(skeleton, record));
    else if (await isSealedEvent(call, id)) hidden += 1;
  }
  const next = Number(at) + 1;
  return { items, hidden, bookmark: page.bookmark !== '' ? `${at}.${page.bookmark}` : next < links.length ? `${next}.` : '' };
}

/** A private range for each event hash and each identifier, a range for each identifier's flags, one read an object that comes into being. */
export async function sealedGround(call: CallOf<typeof verbs.sealedGround>): Promise<SealedGround> {
  const { state, input, caller } = call;
  const standing = [];
  for (const eventId of new Set(input.eventIds)) {
    const own = (await named(call, eventId)).filter((record) => sealedEventParts(record).reporter === caller.mspId);
    const [first] = [...own.filter((record) => record['declares'] === undefined), ...own];
    if (first !== undefined) standing.push({ eventId, id: first.id, declared: own.some((record) => sealedEventParts(record).event['errorDeclaration'] !== undefined) });
  }
  const links: SealedRecord[] = [];
  const flags = [];
  for (const identifier of new Set(input.identifiers.map(canonicalId))) {
    const link = await mostShared(call, await linksOf(call, identifier), input.parties);
    if (link !== undefined) links.push(link);
    flags.push(...(await standingFlags(call, identifier)));
  }
  const commissioned = [];
  for (const object of new Set(input.born)) {
    const found = await state.get('commissioned', object);
    if (found !== undefined) commissioned.push({ object, eventId: found.eventId });
  }
  return { standing, links, commissioned, flags };
}

/** Those that stand under seal; internal events that were never shared are left out. Two reads an event, a private range and a read an identifier. */
export async function shareableEvents(call: CallOf<typeof verbs.shareableEvents>): Promise<readonly ShareableEvent[]> {
  const { state, sealed, input } = call;
  const found: ShareableEvent[] = [];
  for (const id of new Set(input.eventIds)) {
    const skeleton = await state.get('sealedEvent', id);
    if (skeleton === undefined) continue;
    const record = await sealed.own('sealedEvent', id);
    const links: SealedRecord[] = [];
    for (const subject of record === undefined ? [] : sealedEventLinks(record).subjects) {
      for (const link of await linksOf(call, subject)) {
        if ((await state.get('sealedSubject', tagOf(link), id)) === undefined) continue;
        links.push(link);
        break;
      }
    }
    found.push({ ...opened(skeleton, record), links });
  }
  return found;
}

/** A private range for each tag, a private read for each event. */
export async function internalEventsByTag({ sealed, input }: CallOf<typeof verbs.internalEventsByTag>): Promise<readonly InternalEventsFound[]> {
  const found: InternalEventsFound[] = [];
  const read = async (tag: string, ids: readonly string[], cut: boolean): Promise<void> => {
    const events: InternalEventRow[] = [];
    for (const id of ids) {
      const record = await sealed.own('internalEvent', id);
      if (record === undefined) continue;
      const { batch, position, keyId, ciphertext } = record as SealedRecord & Omit<InternalEventRow, 'id'>;
      events.push({ id, batch, position, keyId, ciphertext });
    }
    if (events.length > 0) found.push({ tag, events, cut });
  };
  for (const tag of new Set(input.tags)) {
    const rows = await sealed.ownUnder('internalLink', tag, MAX_INTERNAL_OF_TAG + 1);
    await read(tag, rows.slice(0, MAX_INTERNAL_OF_TAG).map(({ id }) => id.slice(tag.length + 1)), rows.length > MAX_INTERNAL_OF_TAG);
  }
  for (const id of new Set(input.ids)) await read(id, [id], false);
  return found;
}

export async function internalBatch({ state, sealed, input }: CallOf<typeof verbs.internalBatch>): Promise<InternalBatch> {
  const skeleton = await state.require('internalBatch', input.id);
  const leaves = (await sealed.own('internalLeaves', skeleton.id))?.['leaves'];
  return { skeleton, leaves: Array.isArray(leaves) ? (leaves as string[]) : [] };
}

/** Like a closure's reading of each identifier: {@link readableLookup}. */
export async function traceRows(call: CallOf<typeof verbs.traceRows>): Promise<readonly TraceRows[]> {
  const cut = new Set<string>();
  const hidden = new Map<string, number>();
  const told = { cut: (id: string) => cut.add(id), hide: (id: string, events: number) => hidden.set(id, events) };
  const lookup = await readableLookup(call, told);
  const ids = [...new Set(call.input.ids.map(canonicalId))];
  const found = await lookup(ids);
  return ids.map((id) => ({ id, events: (found.get(id) ?? []).map((event) => ({ id: event.id, links: shortLinks(event) })), hidden: hidden.get(id) ?? 0, cut: cut.has(id) }));
}

async function open({ state, sealed }: Reader, id: string): Promise<Opened<SealedEventSkeleton>> {
  const skeleton = await state.require('sealedEvent', id);
  return opened(skeleton, sealed.atOwnPeer ? await sealed.own('sealedEvent', id) : undefined);
}

/** Own records of sealed events with this event hash. */
async function named({ sealed }: Reader, eventId: string): Promise<SealedRecord[]> {
  const records: SealedRecord[] = [];
  for (const { sealedEventId } of await sealed.ownUnder('sealedName', eventId, MAX_NAMES)) {
    const record = typeof sealedEventId === 'string' ? await sealed.own('sealedEvent', sealedEventId) : undefined;
    if (record !== undefined) records.push(record);
  }
  return records;
}

/** The link record that most of the parties hold, so that circles of readers do not split without need. */
async function mostShared({ sealed }: Reader, links: readonly SealedRecord[], parties: readonly string[]): Promise<SealedRecord | undefined> {
  if (links.length < 2) return links[0];
  let best: { readonly link: SealedRecord; readonly holders: number } | undefined;
  for (const link of links) {
    let holders = 0;
    for (const mspId of parties) if ((await sealed.hashAt('link', link.id, mspId)) !== undefined) holders += 1;
    if (best === undefined || holders > best.holders) best = { link, holders };
  }
  return best?.link;
}

function shortLinks({ links }: TraceEvent): TraceEvent['links'] {
  const { type, action, time, parent, epcs, classes, inputs, outputs, inputQuantities, outputQuantities, transformationId, errorDeclaration } = links;
  return { type, time, ...(action === undefined ? {} : { action }), ...(parent === undefined ? {} : { parent }), ...(transformationId === undefined ? {} : { transformationId }), ...(errorDeclaration === undefined ? {} : { errorDeclaration: { declarationTime: errorDeclaration.declarationTime } }), epcs, classes, inputs, outputs, inputQuantities, outputQuantities };
}
