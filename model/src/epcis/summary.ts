import type { ClassQuantity, EventLinks, EventSummary } from './types';

const SHOWN = 3;

/** Last, telling part of an id: what stands behind the key of a Digital Link, the tail of a URN. */
export function shortId(id: string): string {
  if (id.startsWith('https://id.gs1.org/')) return id.slice('https://id.gs1.org/'.length);
  const parts = id.split(/[/:#]/).filter((part) => part !== '');
  return parts[parts.length - 1] ?? id;
}

const amount = (element: ClassQuantity): string => `${shortId(element.id)}${element.quantity === undefined ? '' : ` ${element.quantity}${element.uom === undefined ? '' : ` ${element.uom}`}`}`;

function few(parts: readonly string[]): string {
  return parts.length <= SHOWN ? parts.join(', ') : `${parts.slice(0, SHOWN).join(', ')} and ${parts.length - SHOWN} more`;
}

function what(links: EventLinks): string {
  if (links.type === 'TransformationEvent') {
    const input = few([...links.inputs.map(shortId), ...links.inputQuantities.map(amount)]);
    const output = few([...links.outputs.map(shortId), ...links.outputQuantities.map(amount)]);
    return `${input || '?'} → ${output || '?'}`;
  }
  const contents = few([...links.epcs.map(shortId), ...links.classes.map(amount)]);
  if (links.parent === undefined) return contents;
  const everything = contents || (links.action === 'DELETE' ? 'everything' : '');
  return `${shortId(links.parent)} ${links.action === 'DELETE' ? '⊅' : '⊃'} ${everything}`;
}

/** One row for tables that people read; ids are shortened, so rows are for the eye only. */
export function summary(links: EventLinks): EventSummary {
  const place = links.bizLocation ?? links.readPoint;
  const parties = [...links.sources.map((party) => `from ${shortId(party.id)}`), ...links.destinations.map((party) => `to ${shortId(party.id)}`)];
  return {
    time: links.time,
    type: links.type,
    action: links.errorDeclaration === undefined ? (links.action ?? '') : 'ERROR',
    step: links.bizStep === undefined ? '' : shortId(links.bizStep),
    what: what(links),
    where: place === undefined ? '' : shortId(place),
    who: few([...new Set(parties)]),
  };
}
