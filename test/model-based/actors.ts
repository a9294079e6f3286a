import { loadTopology } from '../../network/src/topology';
import type { Slug, User } from '../support/network';
import { root } from '../support/data';
import path from 'node:path';
import type { Actor, Picker } from './attempt';

const { organisations } = loadTopology(path.join(root, 'network/consortium.yaml'));

/** Every organisation of the network. */
export const slugs = organisations.map(({ slug }) => slug as Slug);

export function mspIdOf(slug: Slug): string {
  return organisations.find((organisation) => organisation.slug === slug)?.mspId ?? slug;
}

export function hasRole(slug: Slug, role: string): boolean {
  return organisations.some((organisation) => organisation.slug === slug && organisation.roles.some((each) => each === role));
}

/** One of the organisations that may, as the user that may; now and then anybody else, or another user of it. */
export function users(pick: Picker, right: readonly (Slug | undefined)[], user: User = 'maker'): Actor {
  const may = right.filter((slug) => slug !== undefined);
  const slug = may.length === 0 || pick.rarely(7) ? pick.one(slugs) : pick.one(may);
  const other: User = user === 'maker' ? 'checker' : 'maker';
  return { slug: slug ?? 'brand', user: pick.rarely(12) ? other : user };
}
