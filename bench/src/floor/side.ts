import { randomBytes } from 'node:crypto';
import { inParallel } from '../claims';
import type { Side } from '../compare';
import type { BenchNetwork } from '../network/bench-network';

/** About as large as a holding's skeleton. */
const VALUE = JSON.stringify({ floor: 'x'.repeat(400) });
/** About as large as a holding's sealed terms. */
const RECORD_BYTES = 300;

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

/** The floor of questions: one read, asked through the plain gateway client at one organisation's peer. */
export function floorQuestion(network: BenchNetwork, slug: string): Side {
  const client = network.plain(slug);
  return {
    name: 'floor',
    prepare: (count) => Array.from({ length: count }, (_, index) => () => client.evaluate('floor:look', [`floor-${index}`])),
    conflicts: () => client.conflicts,
  };
}

/**
 * What Fabric takes for the reads and writes of accepting a transfer, without SDK and rules: the plain gateway client of
 * one of two organisations writes again what stands with both, under a key with their policy.
 */
export function sameWritesSide(network: BenchNetwork, slug: string, other: string): Side {
  const client = network.plain(slug);
  const parties = [network.mspId(slug), network.mspId(other)];
  let keys = 0;
  const pass = (key: string) => client.submit('floor:pass', [key, VALUE, ...parties, network.mspId('regulator')], parties, { record: randomBytes(RECORD_BYTES) });
  return {
    name: 'same reads and writes',
    prepare: async (count) => {
      const names = Array.from({ length: count }, () => `pass-${++keys}`);
      await inParallel(names, pass);
      await network.inStep();
      return names.map((key) => () => pass(key));
    },
    conflicts: () => client.conflicts,
  };
}
