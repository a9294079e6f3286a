import type { ClassQuantity, EventLinks } from '../types';
import { handOversOf } from './hand-overs';
import { reporterOf, sameParty, siteOf, storyOf } from './story';
import type { HandOver, MadeItem, Making, OneStep, Party, QuestionSource, ToldEvent } from './types';

/** Inputs of one lot whose suppliers are looked up. */
export const MAX_STEP_ITEMS = 100;

/**
 * One step of the chain, as food law asks for it: from whom a lot came and what went into it (`back`), to whom it went and
 * what was made of it (`forward`): who, when, under which documents, how much. With `party` only what came to that party,
 * or went from it. Inputs come with the hand-over that brought them; of more than {@link MAX_STEP_ITEMS}, the first.
 */
export async function oneStep(direction: 'back' | 'forward', id: string, source: QuestionSource, party?: Party): Promise<OneStep> {
  const story = await storyOf(id, source);
  const concerns = (mine: Party): boolean => party === undefined || sameParty(party, mine) === true;
  const handOvers = handOversOf(story, source).filter(({ from, to }) => concerns(direction === 'back' ? to : from));
  const making: Making[] = [];
  let asked = 0;
  for (const { events, ends } of await processesOf(id, direction, story.eventsOf.get(id) ?? [], source)) {
    const [told] = ends;
    if (told === undefined) continue;
    const by = reporterOf(told, source.memberOf);
    if (!concerns(by)) continue;
    const items: MadeItem[] = [];
    for (const item of uniqueItems(events.flatMap(({ links }) => itemsOf(links, direction === 'back' ? 'in' : 'out')))) {
      const handOver = direction === 'back' && (asked += 1) <= MAX_STEP_ITEMS ? await lastBefore(item.id, told.links.time, source) : undefined;
      items.push({ ...item, ...(handOver === undefined ? {} : { handOver }) });
    }
    const place = siteOf(told.links);
    making.push({ events: events.map((event) => event.id), time: told.links.time, by, ...(place === undefined ? {} : { place }), items });
  }
  return { id, handOvers, making };
}

/** The transformations that name the id on one side, each with all its events if it was reported in several. */
export async function processesOf(id: string, side: 'back' | 'forward' | 'both', own: readonly ToldEvent[], source: Pick<QuestionSource, 'events'>): Promise<{ readonly events: readonly ToldEvent[]; readonly ends: readonly ToldEvent[] }[]> {
  const found: { events: readonly ToldEvent[]; ends: ToldEvent[] }[] = [];
  const grouped = new Map<string, { events: readonly ToldEvent[]; ends: ToldEvent[] }>();
  const names = (links: EventLinks): boolean => (side !== 'forward' && itemsOf(links, 'out').some((item) => item.id === id)) || (side !== 'back' && itemsOf(links, 'in').some((item) => item.id === id));
  for (const event of own) {
    const { type, transformationId } = event.links;
    if (type !== 'TransformationEvent' || !names(event.links)) continue;
    const standing = transformationId === undefined ? undefined : grouped.get(transformationId);
    if (standing !== undefined) {
      standing.ends.push(event);
      continue;
    }
    const events = transformationId === undefined ? [event] : (await source.events(transformationId)).filter(({ links }) => links.type === 'TransformationEvent');
    const process = { events, ends: [event] };
    found.push(process);
    if (transformationId !== undefined) grouped.set(transformationId, process);
  }
  return found;
}

export function itemsOf({ inputs, outputs, inputQuantities, outputQuantities }: EventLinks, side: 'in' | 'out'): ClassQuantity[] {
  return side === 'in' ? [...inputs.map((id) => ({ id, quantity: '1' })), ...inputQuantities] : [...outputs.map((id) => ({ id, quantity: '1' })), ...outputQuantities];
}

function uniqueItems(items: readonly ClassQuantity[]): ClassQuantity[] {
  return [...new Map(items.map((item) => [`${item.id}\n${item.quantity ?? ''}\n${item.uom ?? ''}`, item])).values()];
}

async function lastBefore(id: string, time: string, source: QuestionSource): Promise<HandOver | undefined> {
  return handOversOf(await storyOf(id, source), source).findLast((each) => (each.received ?? each.shipped ?? '') <= time);
}
