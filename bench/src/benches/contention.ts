import type { Dualchain } from '@dualchain/client';
import { DualchainError } from '@dualchain/client';
import { Attempts } from '../attempts';
import { ahead, Claims } from '../claims';
import { compare } from '../compare';
import type { Side } from '../compare';
import { floorSide } from '../floor/side';
import type { BenchNetwork } from '../network/bench-network';
import type { Bench } from './bench';
import { onNetwork } from './on-network';
import { reportOf } from './report-of';

const CLIENTS = 200;
const DAY = 86_400_000;

/** Many clients on one certificate: each with a holding of its own, and then all after one. */
export const contention: Bench = {
  name: 'contention',
  what: `${CLIENTS} clients spend different holdings of one certificate, then all of them the same holding`,
  run: (options) =>
    onNetwork(options, async (network) => {
      const { seconds, concurrency = CLIENTS, onProgress } = options;
      onProgress(`connecting ${concurrency} clients`);
      const claims = await Claims.create(network);
      const attempts = new Attempts();
      const clients = await Promise.all(Array.from({ length: concurrency }, () => network.connect('processor', 'maker', { hooks: attempts.hooks })));
      const splitting: Side = {
        name: 'split holdings',
        prepare: async (count) => {
          const holdings = await claims.divide(count);
          await network.inStep();
          return holdings.map(({ holdingId, amount }, index) => {
            const client = clients[index % clients.length] as Dualchain;
            const parts = [{ holdingId: `${holdingId}-1`, amount: amount / 2n }, { holdingId: `${holdingId}-2`, amount: amount - amount / 2n }];
            return () => client.holdings.splitHolding({ holdingId, parts });
          });
        },
        conflicts: () => attempts.conflicts,
      };
      const { ratios: [ratio = 0], sides } = await compare([floorSide(network, 'processor', ['processor', 'brand']), splitting], { concurrency, seconds, processes: network.processes, onProgress, perWorker: 1 });
      const { conflicts, others } = attempts;
      onProgress(`all ${concurrency} clients after one holding`);
      const race = await raceForOne(network, claims, clients);
      return reportOf(contention, network, {
        concurrency,
        target: { conflicts: { atMost: 0 }, winners: { atLeast: 1, atMost: 1 }, losersToldHoldingNotFree: { atLeast: concurrency - 1, atMost: concurrency - 1 } },
        figures: { ratio, conflicts, otherRetries: others, ...race },
        sides,
      });
    }),
};

/** Everybody offers the same holding at once: how many succeed, and how many of the others are told that it is not free. */
async function raceForOne(network: BenchNetwork, claims: Claims, clients: readonly Dualchain[]): Promise<Record<'winners' | 'losersToldHoldingNotFree', number>> {
  const [holding] = await claims.divide(1);
  await network.inStep();
  const offer = { holdingId: holding?.holdingId ?? '', receiver: network.mspId('farm'), tradeReference: { type: 'order' as const, id: claims.upstreamOrderId }, expiresAt: ahead(DAY) };
  const outcomes = await Promise.allSettled(clients.map((client) => client.holdings.offerTransfer(offer)));
  const told = outcomes.filter((outcome) => outcome.status === 'rejected' && outcome.reason instanceof DualchainError && outcome.reason.code === 'HOLDING_NOT_FREE');
  return { winners: outcomes.filter(({ status }) => status === 'fulfilled').length, losersToldHoldingNotFree: told.length };
}
