import type { Attempt, Dualchain } from '@dualchain/client';
import { Claims } from '../claims';
import { compare } from '../compare';
import type { Side } from '../compare';
import { floorSide } from '../floor/side';
import { BenchNetwork } from '../network/bench-network';
import { isMet } from '../report';
import { usualConcurrency } from './bench';
import type { Bench } from './bench';

const TARGET = { ratio: { atLeast: 0.6 } };

/** Accepting a transfer, end to end through the SDK: open the holding at the own peer, endorse, submit, wait for the commit. */
export const transition: Bench = {
  name: 'transition',
  what: 'accept a transfer, end to end through the SDK, against the floor with as many endorsers',
  async run({ engine, seconds, concurrency = usualConcurrency(engine), files, onProgress }) {
    onProgress(`starting the network (${engine})`);
    const network = await BenchNetwork.start(engine, files);
    try {
      onProgress('founding the consortium, trading up to a certificate');
      await network.found();
      const claims = await Claims.create(network);
      const floor = floorSide(network, 'farm', ['farm', 'brand']);
      const accepting = await acceptSide(network, claims);
      const { ratio, ratios, sides } = await compare(floor, accepting, { concurrency, seconds, processes: network.processes, onProgress });
      const figures = { ratio, worstRound: Math.min(...ratios), bestRound: Math.max(...ratios) };
      const skipped = {};
      return { bench: transition.name, what: transition.what, engine, versions: network.hosted.versions, concurrency, target: TARGET, figures, skipped, met: isMet({ target: TARGET, figures, skipped }), sides };
    } finally {
      await network.stop();
    }
  },
};

async function acceptSide(network: BenchNetwork, claims: Claims): Promise<Side> {
  let conflicts = 0;
  const farm: Dualchain = await network.connect('farm', 'maker', { hooks: { onAttempt: ({ reason }: Attempt) => (conflicts += reason === undefined ? 0 : 1) } });
  return {
    name: 'accept transfer',
    prepare: async (count) => (await claims.offer(count)).map((holdingId) => () => farm.holdings.acceptTransfer({ holdingId })),
    conflicts: () => conflicts,
  };
}
