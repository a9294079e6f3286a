import path from 'node:path';
import { loadTopology } from '../../network/src/topology';
import { root } from './data';
import type { Slug } from './network';

/** Organisations of network/consortium.yaml. */
export const { organisations } = loadTopology(path.join(root, 'network/consortium.yaml'));

/** MSP id of an organisation of network/consortium.yaml. */
export function mspIdOf(slug: Slug): string {
  const found = organisations.find((organisation) => organisation.slug === slug);
  if (found === undefined) throw new RangeError(`The topology has no organisation ${slug}.`);
  return found.mspId;
}
