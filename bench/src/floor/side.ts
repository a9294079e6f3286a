import type { Side } from '../compare';
import type { BenchNetwork } from '../network/bench-network';

/** About as large as a holding's skeleton. */
const VALUE = JSON.stringify({ floor: 'x'.repeat(400) });

/** The floor: one read, one write under a fresh key, through the plain gateway client of one organisation. */
export function floorSide(network: BenchNetwork, slug: string, endorsers: readonly string[]): Side {
  const client = network.plain(slug);
  const mspIds = endorsers.map((endorser) => network.mspId(endorser));
  let keys = 0;
  return {
    name: 'floor',
    prepare: (count) =>
      Array.from({ length: count }, () => {
        const key = `floor-${++keys}`;
        return () => client.submit('floor:touch', [key, VALUE], mspIds);
      }),
    conflicts: () => client.conflicts,
  };
}
