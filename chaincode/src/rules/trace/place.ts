import { DualchainError, glnOf, hasCheckDigit } from '@dualchain/model';
import type { EpcisProblem, EventLinks, InputOf, MemberRecord, PlaceDelegation, traceVerbs } from '@dualchain/model';

/** Shortest GS1 company prefix that a member is taken to have, in digits. */
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

/** A problem of one event. */
export type PlaceProblem = Omit<EpcisProblem, 'event'>;

/** A member says who may report at its places. Throws INVALID_INPUT. */
export function decideDelegation({ delegate, places }: InputOf<typeof traceVerbs.delegatePlaces>, owner: Place): PlaceDelegation {
  if (delegate === owner.mspId) throw invalid('delegate', `${owner.mspId} reports at its own places anyway; name another member.`);
  if (places === 'all') return { delegate, owner: owner.mspId, places };
  const prefix = companyPrefixOf(owner.gln);
  for (const gln of places) {
    if (!hasCheckDigit(gln)) throw invalid('places', `${gln} is no GLN: its check digit is wrong.`);
    if (!gln.startsWith(prefix)) throw invalid('places', `${gln} is no place of ${owner.mspId}, whose GLNs begin with ${prefix}.`);
  }
  return { delegate, owner: owner.mspId, places: [...new Set(places)].sort() };
}

function invalid(path: string, rule: string): DualchainError {
  return new DualchainError('INVALID_INPUT', rule, { details: { issues: [{ path, rule }] } });
}

/** Members that the places of events belong to, in order; each place is looked up once. */
export function placeOwners(events: readonly EventLinks[], members: readonly Place[]): string[] {
  const glns = new Set(events.flatMap((links) => placesOf(links).map(({ gln }) => gln.slice(0, 12))));
  return [...new Set([...glns].flatMap((digits) => ownerOf(digits, members) ?? []))].sort();
}

/**
 * Nobody reports what happened at another member's place unless that member let it (traceability.md, "Who may capture
 * what"): a location whose GLN begins with a member's company prefix is that member's. Inspectors and the authority may observe everywhere, but bring
 * nothing into being there. Places of nobody in the consortium (a foreign GLN, a geo URI) are open: the reporter answers
 * for what it says with its name.
 */
export function placeProblems(links: EventLinks, reporter: Place, members: readonly Place[], delegations: readonly PlaceDelegation[] = []): PlaceProblem[] {
  const observes = links.type === 'ObjectEvent' && links.action === 'OBSERVE' && reporter.roles.some((role) => role === 'inspector' || role === 'authority');
  if (observes) return [];
  return placesOf(links).flatMap(({ field, gln }) => {
    const owner = ownerOf(gln.slice(0, 12), members);
    if (owner === undefined || owner === reporter.mspId || delegations.some((each) => each.owner === owner && each.delegate === reporter.mspId && (each.places === 'all' || each.places.includes(gln)))) return [];
    return [{ path: `$.${field}.id`, rule: 'trace.place', message: `The place ${gln} belongs to ${owner}; ${reporter.mspId} reports what happens at its own places. Let ${owner} report this event, ask it to delegate the place to you (delegatePlaces), or name your own place.` }];
  });
}

/** The member that a place or party belongs to, by its GLN; undefined for one of nobody in the consortium, or without a GLN. */
export function memberAt(id: string, members: readonly Place[]): string | undefined {
  const gln = glnOf(id);
  return gln === undefined ? undefined : ownerOf(gln.slice(0, 12), members);
}

/** The brand owner of a lot: the member whose company prefix its GTIN begins with, because the brand owner allocates the GTIN (GS1 General Specifications). Undefined if there is none. */
export function brandOwnerOf(lot: string, members: readonly Place[]): string | undefined {
  const digits = /^https:\/\/id\.gs1\.org\/01\/[0-9]([0-9]{12})[0-9](?:\/|$)/.exec(lot)?.[1];
  return digits === undefined ? undefined : ownerOf(digits, members);
}

/** The member with the longest company prefix that these twelve digits begin with; undefined if none, or if two members share it. */
function ownerOf(digits: string, members: readonly Place[]): string | undefined {
  const candidates = members.map(({ mspId, gln }) => ({ mspId, prefix: companyPrefixOf(gln) })).filter(({ prefix }) => digits.startsWith(prefix)).sort((a, b) => b.prefix.length - a.prefix.length);
  const [best, second] = candidates;
  return best !== undefined && best.prefix !== second?.prefix ? best.mspId : undefined;
}

/**
 * The GS1 company prefix behind the GLN of a legal entity. How long it is cannot be seen from a number; the GLN of an
 * entity has the location reference zero, so the prefix is what stands before the zeros. A member that registers the GLN
 * of one of its sites instead answers for that site alone.
 */
function companyPrefixOf(gln: string): string {
  return gln.slice(0, 12).replace(/0+$/, '').padEnd(MIN_PREFIX, '0');
}
