import { compareUtf8 } from '../../canonical';
import { staysIn } from '../containment';
import type { Stay } from '../containment';
import { countOf, PIECES } from '../movements';
import { parseQuantity } from '../../quantity';
import type { EventLinks } from '../types';
import type { Party, QuestionSource, ToldEvent } from './types';

/** How deep containers are followed: a unit in a crate on a pallet in a box in a truck, and more. */
const MAX_DEPTH = 8;
/** Containers that one lot or object is followed into. */
const MAX_CONTAINERS = 500;

/** An event that tells where a lot or object was. */
export interface Passage {
  readonly event: ToldEvent;
  /** The id itself, or the container that it was in. */
  readonly under: string;
}

/** A time in a container, with the way into it: the containers within, from the innermost. */
export interface StayPath {
  readonly stay: Stay;
  /** Ids from the lot or object to the content of the stay. */
  readonly path: readonly string[];
  readonly from: string;
  readonly until?: string;
}

export interface Story {
  readonly id: string;
  /** In time order. */
  readonly passages: readonly Passage[];
  readonly stays: readonly StayPath[];
  /** Events of each id that was followed. */
  readonly eventsOf: ReadonlyMap<string, readonly ToldEvent[]>;
  /** Whether there are more containers than are followed. */
  readonly cut: boolean;
}

/** The events of an id and of the containers that it was in, while it was in them. */
export async function storyOf(id: string, { events: read }: QuestionSource): Promise<Story> {
  const eventsOf = new Map<string, readonly ToldEvent[]>();
  const eventsFor = async (subject: string): Promise<readonly ToldEvent[]> => {
    const found = eventsOf.get(subject) ?? [...(await read(subject))].sort(inOrder);
    eventsOf.set(subject, found);
    return found;
  };
  const passages = new Map<string, Passage>();
  const stays: StayPath[] = [];
  let cut = false;
  const visit = async (subject: string, path: readonly string[], from: string, until: string | undefined): Promise<void> => {
    const events = await eventsFor(subject);
    for (const event of events) if (event.links.time >= from && (until === undefined || event.links.time <= until) && !passages.has(event.id)) passages.set(event.id, { event, under: subject });
    for (const container of new Set(events.map(({ links }) => links.parent).filter((parent) => parent !== undefined && parent !== subject))) {
      if (container === undefined || path.includes(container)) continue;
      if (path.length >= MAX_DEPTH || (!eventsOf.has(container) && eventsOf.size > MAX_CONTAINERS)) {
        cut = true;
        continue;
      }
      for (const stay of staysIn(container, await eventsFor(container))) {
        if (stay.content !== subject) continue;
        const start = stay.from > from ? stay.from : from;
        const end = until === undefined || (stay.until !== undefined && stay.until < until) ? stay.until : until;
        if (end !== undefined && end < start) continue;
        stays.push({ stay, path, from: start, ...(end === undefined ? {} : { until: end }) });
        await visit(container, [...path, container], start, end);
      }
    }
  };
  await visit(id, [id], '', undefined);
  return { id, passages: [...passages.values()].sort((a, b) => inOrder(a.event, b.event)), stays, eventsOf, cut };
}

/** At one time, what comes in goes before what goes out. */
function inOrder(a: ToldEvent, b: ToldEvent): number {
  return compareUtf8(a.links.time, b.links.time) || Number(leaves(a.links)) - Number(leaves(b.links)) || compareUtf8(a.id, b.id);
}

function leaves({ type, action, bizStep }: EventLinks): boolean {
  return (type === 'ObjectEvent' && action === 'DELETE') || bizStep === 'shipping';
}

/** How much of the story's id an event moves, in millionths by unit; undefined if it does not say. */
export function amountIn(story: Story, { event, under }: Passage): ReadonlyMap<string, bigint> | undefined {
  if (under === story.id) return countOf(event.links, story.id);
  let sum: Map<string, bigint> | undefined = new Map<string, bigint>();
  for (const { stay, path, from, until } of story.stays) {
    // The stay that leads out of the id itself, at that time, on a way to the container of the event.
    if (path.length !== 1 || event.links.time < from || (until !== undefined && event.links.time > until) || !leadsTo(story, stay.container, under, event.links.time)) continue;
    const packed = packedBy(story, stay, event.links.time);
    if (packed === undefined) return undefined;
    for (const [unit, quantity] of packed) sum.set(unit, (sum.get(unit) ?? 0n) + quantity);
  }
  if (sum.size === 0) sum = undefined;
  return sum;
}

function leadsTo(story: Story, container: string, wanted: string, time: string): boolean {
  if (container === wanted) return true;
  return story.stays.some(({ stay, path, from, until }) => path.at(-1) === container && stay.content === container && time >= from && (until === undefined || time <= until) && !path.includes(stay.container) && leadsTo(story, stay.container, wanted, time));
}

/** What a packing put in, less what was taken out of it before the time. */
function packedBy(story: Story, stay: Stay, time: string): ReadonlyMap<string, bigint> | undefined {
  const events = story.eventsOf.get(stay.container) ?? [];
  const packing = events.find(({ id }) => id === stay.eventId);
  const counted = packing === undefined ? undefined : stay.level === 'instance' ? new Map([[PIECES, parseQuantity('1')]]) : countOf(packing.links, stay.content);
  if (counted === undefined) return undefined;
  const left = new Map(counted);
  for (const { links } of events) {
    if (links.action !== 'DELETE' || links.parent !== stay.container || links.time < stay.from || links.time >= time) continue;
    for (const [unit, quantity] of countOf(links, stay.content) ?? []) left.set(unit, (left.get(unit) ?? 0n) - quantity);
  }
  return new Map([...left].filter(([, quantity]) => quantity > 0n));
}

/** Where goods are after an event; of a shipment, where they left. Without the extension of an SGLN: the site. */
export function siteOf({ bizStep, readPoint, bizLocation }: EventLinks): string | undefined {
  const place = bizStep === 'shipping' ? (readPoint ?? bizLocation) : (bizLocation ?? readPoint);
  return place === undefined ? undefined : siteOfPlace(place);
}

export function siteOfPlace(place: string): string {
  return place.replace(/^(https:\/\/id\.gs1\.org\/414\/[0-9]{13})\/254\/.*$/, '$1');
}

/** Party of a source or destination list: who possesses, else who owns, else whose place it is. */
export function partyIn(list: EventLinks['sources'], memberOf: QuestionSource['memberOf']): Party | undefined {
  const found = ['possessing_party', 'owning_party', 'location'].flatMap((type) => list.filter((item) => item.type === type))[0];
  return found === undefined ? undefined : partyOf(found.id, memberOf);
}

export function partyOf(id: string, memberOf: QuestionSource['memberOf']): Party {
  const mspId = memberOf(id);
  return { id, ...(mspId === undefined ? {} : { mspId }) };
}

/** Who reports an event at its place: the member whose place it is, else who captured it. */
export function reporterOf({ links, reporter }: ToldEvent, memberOf: QuestionSource['memberOf']): Party {
  const place = links.bizLocation ?? links.readPoint;
  return { mspId: (place === undefined ? undefined : memberOf(place)) ?? reporter };
}

/** Whether two are the same: undefined if that cannot be said, because one is known by its name alone and the other by its membership. */
export function sameParty(a: Party, b: Party): boolean | undefined {
  if (a.mspId !== undefined && b.mspId !== undefined) return a.mspId === b.mspId;
  return a.id !== undefined && b.id !== undefined ? a.id === b.id : undefined;
}
