import { compare } from '../compare';
import { floorQuestion } from '../floor/side';
import { rounded } from '../statistics';
import type { Bench } from './bench';
import { onNetwork } from './on-network';
import { reportOf } from './report-of';
import { TraceLedger } from './trace-ledger';

const TARGET = { milliseconds: { atMost: 500 } };
/** Events on the ledger for each measured second that is asked for: 100,000 by default. */
export const EVENTS_PER_SECOND = 5_000;
/** Events that the closure tells of, on a ledger that is large enough. */
const CLOSURE = 10_000;
/** A closure tells of most of its chain's events; the rest went elsewhere. */
const SHARE_TOLD = 0.78;

/** One question for everything that went into a lot. */
export const trace: Bench = {
  name: 'trace',
  what: 'everything that went into a lot: 10,000 events over 20 levels in one call, on a ledger of 100,000 events (5,000 for each second asked for)',
  run: (options) =>
    onNetwork(options, async (network) => {
      const { seconds, concurrency = 1, onProgress } = options;
      const total = Math.round(seconds * EVENTS_PER_SECOND);
      const each = Math.min(CLOSURE, total / 3) / SHARE_TOLD;
      const ledger = new TraceLedger(network, onProgress);
      const began = performance.now();
      // One chain numbers its lots by day, the other by chance, among those of all that do.
      const dated = await ledger.add(each, 'dated');
      const scattered = await ledger.add(each, 'scattered');
      await ledger.fill(total, CLOSURE);
      const loading = (performance.now() - began) / 1000;
      const sides = [floorQuestion(network, 'bank'), await ledger.traceSide('lots by chance', scattered), await ledger.traceSide('lots by day', dated)];
      const { ratios: [, ratio = 0], sides: figures } = await compare(sides, { concurrency, seconds, processes: network.processes, onProgress, perWorker: 1 });
      const [, byChance, byDay] = figures;
      return reportOf(trace, network, {
        concurrency,
        target: TARGET,
        sides: figures,
        figures: {
          milliseconds: byDay?.p50 ?? 0,
          millisecondsByChance: byChance?.p50 ?? 0,
          floorsForOne: rounded(1 / ratio),
          eventsTold: dated.expected.events,
          lotsAndObjects: dated.expected.nodes,
          eventsOnLedger: ledger.events,
          eventsLoadedASecond: rounded(ledger.events / loading),
        },
      });
    }),
};
