import { compare } from '../compare';
import type { CompareOptions, Side } from '../compare';
import { floorQuestion } from '../floor/side';
import type { SideFigures } from '../report';
import { rounded } from '../statistics';
import type { Bench } from './bench';
import { onNetwork } from './on-network';
import { reportOf } from './report-of';
import { EVENTS_PER_SECOND } from './trace';
import { TraceLedger } from './trace-ledger';

const TARGET = { growth: { atMost: 1.15 } };
/** Of what is on the ledger at the end, in the beginning and in between. */
const SHARES = [0.01, 0.1, 1];
/** A chain of twenty levels has more events than that. */
const LEAST = 200;

/** The same question while the ledger grows around its answer. */
export const growth: Bench = {
  name: 'growth',
  what: 'tracing back one lot, with 1,000, 10,000 and 100,000 events on the ledger (5,000 in the end for each second asked for)',
  run: (options) =>
    onNetwork(options, async (network) => {
      const { seconds, concurrency = 1, onProgress } = options;
      const total = Math.max(seconds * EVENTS_PER_SECOND, 4 * LEAST);
      const [first = LEAST, ...later] = SHARES.map((share, index) => Math.max(Math.round(total * share), LEAST * (index + 1)));
      const ledger = new TraceLedger(network, onProgress);
      const chain = await ledger.add(first, 'dated');
      const floor = floorQuestion(network, 'bank');
      const settings: CompareOptions = { concurrency, seconds: seconds / SHARES.length, processes: network.processes, onProgress, perWorker: 1 };
      const measured: { readonly events: number; readonly figures: readonly SideFigures[] }[] = [];
      const measure = async () => {
        const tracing: Side = await ledger.traceSide(`trace, ${ledger.events} events`, chain);
        const { sides } = await compare([{ ...floor, name: `floor, ${ledger.events} events` }, tracing], settings);
        measured.push({ events: ledger.events, figures: sides });
      };
      await measure();
      for (const events of later) {
        await ledger.fill(events, total / 10);
        await measure();
      }
      // From the smallest ledger to the largest; what the floor did meanwhile tells whether the machine changed.
      const grown = (side: number) => rounded((measured.at(-1)?.figures[side]?.p50 ?? 0) / (measured[0]?.figures[side]?.p50 ?? 1));
      const times = measured.map(({ events, figures }) => [`millisecondsAt${events}`, figures[1]?.p50 ?? 0] as const);
      return reportOf(growth, network, {
        concurrency,
        target: TARGET,
        sides: measured.flatMap(({ figures }) => figures),
        figures: { growth: grown(1), floorGrowth: grown(0), ...Object.fromEntries(times), eventsTold: chain.expected.events },
      });
    }),
};
