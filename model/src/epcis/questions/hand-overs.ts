import { formatQuantity } from '../../quantity';
import type { EventLinks, TypedId } from '../types';
import { amountIn, partyIn, reporterOf, siteOf } from './story';
import type { Passage, Story } from './story';
import type { HandOver, Party, QuestionSource, UnitQuantity } from './types';

const RECEIVING: readonly (string | undefined)[] = ['receiving', 'accepting'];

export function ships({ type, action, bizStep }: EventLinks): boolean {
  return type === 'ObjectEvent' && action !== 'ADD' && bizStep === 'shipping';
}

export function receives({ type, bizStep }: EventLinks): boolean {
  return type === 'ObjectEvent' && RECEIVING.includes(bizStep);
}

/**
 * Every hand-over of the story's id, in time order. A reception goes with the last shipment before it that names the same
 * lot, object or container and was not received yet; accepting what was received is no reception of its own.
 */
export function handOversOf(story: Story, { memberOf }: Pick<QuestionSource, 'memberOf'>): HandOver[] {
  const open: Passage[] = [];
  const made: { readonly sent?: Passage; readonly got?: Passage }[] = [];
  let last: Passage | undefined;
  for (const passage of story.passages) {
    const { links } = passage.event;
    if (ships(links)) open.push(passage);
    if (receives(links)) {
      const at = open.findLastIndex(({ under, event }) => under === passage.under && event.links.time <= links.time);
      const again = at < 0 && last?.under === passage.under && siteOf(last.event.links) === siteOf(links);
      if (!again) made.push({ got: passage, ...(at < 0 ? {} : { sent: open[at] as Passage }) });
      if (at >= 0) open.splice(at, 1);
      last = passage;
    }
  }
  for (const sent of open) made.push({ sent });
  return made.map((each) => handOver(story, each, memberOf)).sort((a, b) => ((a.shipped ?? a.received ?? '') < (b.shipped ?? b.received ?? '') ? -1 : 1));
}

function handOver(story: Story, { sent, got }: { readonly sent?: Passage; readonly got?: Passage }, memberOf: QuestionSource['memberOf']): HandOver {
  const links = [got, sent].flatMap((passage) => (passage === undefined ? [] : [passage.event.links]));
  const from = first(links, ({ sources }) => partyIn(sources, memberOf)) ?? (sent === undefined ? {} : reporterOf(sent.event, memberOf));
  const named = first(links, ({ destinations }) => partyIn(destinations, memberOf));
  const to = named ?? (got === undefined ? {} : reporterOf(got.event, memberOf));
  const fromPlace = first(links, ({ sources }) => sources.find(({ type }) => type === 'location')?.id) ?? (sent === undefined ? undefined : siteOf(sent.event.links));
  const toPlace = (got === undefined ? undefined : siteOf(got.event.links)) ?? first(links, ({ destinations }) => destinations.find(({ type }) => type === 'location')?.id);
  const told = got ?? sent;
  return {
    under: told?.under ?? story.id,
    from,
    to: to as Party,
    ...(fromPlace === undefined ? {} : { fromPlace }),
    ...(toPlace === undefined ? {} : { toPlace }),
    ...(sent === undefined ? {} : { shipped: sent.event.links.time }),
    ...(got === undefined ? {} : { received: got.event.links.time }),
    documents: documentsOf(links),
    quantities: (got === undefined ? undefined : quantitiesOf(amountIn(story, got))) ?? (sent === undefined ? undefined : quantitiesOf(amountIn(story, sent))) ?? [],
    events: [sent, got].flatMap((passage) => (passage === undefined ? [] : [passage.event.id])),
  };
}

function first<T>(links: readonly EventLinks[], of: (links: EventLinks) => T | undefined): T | undefined {
  for (const each of links) {
    const found = of(each);
    if (found !== undefined) return found;
  }
  return undefined;
}

function documentsOf(links: readonly EventLinks[]): TypedId[] {
  return [...new Map(links.flatMap(({ bizTransactions }) => bizTransactions.map((item) => [`${item.type}\n${item.id}`, item] as const))).values()];
}

export function quantitiesOf(amounts: ReadonlyMap<string, bigint> | undefined): UnitQuantity[] | undefined {
  return amounts === undefined || amounts.size === 0 ? undefined : [...amounts].map(([unit, quantity]) => ({ unit, quantity: formatQuantity(quantity) }));
}
