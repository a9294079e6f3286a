import { Attempts } from '../attempts';
import { compare } from '../compare';
import type { Side } from '../compare';
import { floorSide } from '../floor/side';
import { rounded } from '../statistics';
import type { Bench } from './bench';
import { usualConcurrency } from './bench';
import { dayOf, EVENTS_PER_DAY } from './capture-goods';
import { onNetwork } from './on-network';
import { reportOf } from './report-of';

const TARGET = { eventsToFloor: { atLeast: 20 } };
/** Documents at once: one endorsed, one ordered, one committed, and one more. */
const DOCUMENTS = 4;

/** Whole documents, one transaction each: what an event costs against what a transaction costs. */
export const capture: Bench = {
  name: 'capture',
  what: 'EPCIS events a second, through the SDK in documents of 500, against floor transactions a second',
  run: (options) =>
    onNetwork(options, async (network) => {
      const { engine, seconds, concurrency = usualConcurrency(engine), onProgress } = options;
      const attempts = new Attempts();
      const reporter = await network.connect('processor', 'maker', { hooks: attempts.hooks });
      let days = 0;
      const capturing: Side = {
        name: 'capture',
        concurrency: Math.min(DOCUMENTS, concurrency),
        prepare: (count) =>
          Array.from({ length: count }, () => {
            const day = dayOf(days++);
            return async () => {
              const { captured } = await reporter.trace.capture(day);
              const transactions = new Set(captured.map(({ transactionId }) => transactionId)).size;
              if (captured.length !== EVENTS_PER_DAY || captured.some(({ already }) => already)) throw new Error(`Of ${EVENTS_PER_DAY} new events ${captured.length} were captured, in ${transactions} transactions.`);
            };
          }),
        conflicts: () => attempts.conflicts,
      };
      const floor = floorSide(network, 'processor', ['processor', 'regulator']);
      const { ratios: [ratio = 0], worst, best, sides } = await compare([floor, capturing], { concurrency, seconds, processes: network.processes, onProgress, perWorker: 1 });
      const [, { throughput = 0 } = {}] = sides;
      return reportOf(capture, network, {
        concurrency,
        target: TARGET,
        sides,
        figures: { eventsToFloor: rounded(ratio * EVENTS_PER_DAY), worstRound: rounded(worst * EVENTS_PER_DAY), bestRound: rounded(best * EVENTS_PER_DAY), eventsPerSecond: rounded(throughput * EVENTS_PER_DAY), otherRetries: attempts.others },
      });
    }),
};
