import { Attempts } from '../attempts';
import { Claims } from '../claims';
import { compare } from '../compare';
import type { Side } from '../compare';
import { floorSide, sameWritesSide } from '../floor/side';
import { rounded } from '../statistics';
import { usualConcurrency } from './bench';
import type { Bench } from './bench';
import { onNetwork } from './on-network';
import { reportOf } from './report-of';

const TARGET = { ratio: { atLeast: 0.6 } };

/** Accepting a transfer, end to end through the SDK: open the holding at the own peer, endorse, submit, wait for the commit. */
export const transition: Bench = {
  name: 'transition',
  what: 'accept a transfer, end to end through the SDK, against the floor with as many endorsers',
  run: (options) =>
    onNetwork(options, async (network) => {
      const { engine, seconds, concurrency = usualConcurrency(engine), onProgress } = options;
      onProgress('trading up to a certificate');
      const claims = await Claims.create(network);
      const attempts = new Attempts();
      const farm = await network.connect('farm', 'maker', { hooks: attempts.hooks });
      const accepting: Side = {
        name: 'accept transfer',
        prepare: async (count) => (await claims.offer(count)).map((holdingId) => () => farm.holdings.acceptTransfer({ holdingId })),
        conflicts: () => attempts.conflicts,
      };
      const sides = [floorSide(network, 'farm', ['farm', 'brand']), sameWritesSide(network, 'farm', 'brand'), accepting];
      const { ratios, worst, best, sides: figures } = await compare(sides, { concurrency, seconds, processes: network.processes, onProgress });
      const [sameWrites = 0, ratio = 0] = ratios;
      return reportOf(transition, network, {
        concurrency,
        target: TARGET,
        sides: figures,
        // What Fabric leaves of the floor for these reads and writes, and what SDK and rules leave of that.
        figures: { ratio, worstRound: worst, bestRound: best, sameWritesToFloor: sameWrites, ratioToSameWrites: rounded(ratio / sameWrites), otherRetries: attempts.others },
      });
    }),
};
