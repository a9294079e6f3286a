import type { Role } from '../../model/src';
import type { Actor, Slug, User } from '../support/network';
import { organisations } from '../support/organisations';
import type { Picker } from './picker';

/** The brand sells, too: a supplier that owes it something may give a claim back in payment. */
const furtherRoles: Readonly<Record<string, readonly Role[]>> = { brand: ['supplier'] };

/** Members as the consortium of the model is founded with. */
export const members = organisations.map(({ slug, mspId, name, gln, roles }) => ({ slug: slug as Slug, mspId, name, gln, roles: [...roles, ...(furtherRoles[slug] ?? [])] }));

/** Every organisation of the network. */
export const slugs = members.map(({ slug }) => slug);

export function hasRole(slug: Slug, role: Role): boolean {
  return members.some((member) => member.slug === slug && member.roles.includes(role));
}

/** One of the organisations that may, as the user that may; now and then anybody else, or another user of it. */
export function users(pick: Picker, right: readonly (Slug | undefined)[], user: User = 'maker'): Actor {
  const may = right.filter((slug) => slug !== undefined);
  const slug = may.length === 0 || pick.oddly(7) ? pick.one(slugs) : pick.one(may);
  const other: User = user === 'maker' ? 'checker' : 'maker';
  return { slug: slug ?? 'brand', user: pick.rarely(12) ? other : user };
}
