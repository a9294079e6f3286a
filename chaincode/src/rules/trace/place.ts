import { glnOf } from '@dualchain/model';
import type { EpcisProblem, EventLinks, MemberRecord } from '@dualchain/model';

/** Shortest company prefix that is told apart by its digits. */
const MIN_PREFIX = 7;

type Place = Pick<MemberRecord, 'mspId' | 'gln' | 'roles'>;

/** GLNs of the places of an event (readPoint, bizLocation), by field. Places without a GLN have no party to ask. */
export function placesOf(links: EventLinks): { readonly field: 'readPoint' | 'bizLocation'; readonly gln: string }[] {
  return (['readPoint', 'bizLocation'] as const).flatMap((field) => {
    const id = links[field];
    const gln = id === undefined ? undefined : glnOf(id);
    return gln === undefined ? [] : [{ field, gln }];
  });
}

/**
 * Nobody reports what happened at another member's place (traceability.md, "Who may capture what"): a location with the
 * GLN of a member, with any extension, is that member's. Inspectors and the authority may observe everywhere, but bring
 * nothing into being there. Places of nobody in the consortium (a foreign GLN, a geo URI) are open: the reporter answers
 * for what it says with its name.
 */
export function placeProblems(links: EventLinks, reporter: Place, members: readonly Place[]): Omit<EpcisProblem, 'event'>[] {
  const observes = links.type === 'ObjectEvent' && links.action === 'OBSERVE' && reporter.roles.some((role) => role === 'inspector' || role === 'authority');
  if (observes) return [];
  return placesOf(links).flatMap(({ field, gln }) => {
    const owner = members.find((member) => member.gln === gln);
    if (owner === undefined || owner.mspId === reporter.mspId) return [];
    return [{ path: `$.${field}.id`, rule: 'trace.place', message: `The place ${gln} belongs to ${owner.mspId}; ${reporter.mspId} reports what happens at its own places. Let ${owner.mspId} report this event, or name your own place.` }];
  });
}

/**
 * The brand owner of a lot: the member whose GLN shares the longest beginning with the lot's GTIN, at least seven
 * digits, and no tie. How long a company prefix is cannot be seen from
 * a number, so the nearest member is taken, as in routing. Undefined if there is none.
 */
export function brandOwnerOf(lot: string, members: readonly Place[]): string | undefined {
  const gtin = /^https:\/\/id\.gs1\.org\/01\/[0-9]([0-9]{12})[0-9](?:\/|$)/.exec(lot)?.[1];
  if (gtin === undefined) return undefined;
  const ranked = members.map(({ mspId, gln }) => ({ mspId, shared: sharedDigits(gtin, gln.slice(0, 12)) })).sort((a, b) => b.shared - a.shared);
  const [best, second] = ranked;
  return best !== undefined && best.shared >= MIN_PREFIX && best.shared !== second?.shared ? best.mspId : undefined;
}

function sharedDigits(a: string, b: string): number {
  let i = 0;
  while (i < a.length && a[i] === b[i]) i += 1;
  return i;
}
