import { ModelNetwork } from './network';
import { search } from './search';

/** As many sequences as fit into a test run; `npm run test:model -- --runs N` plays more. The seed is the day's, so that each day tries others. */
const RUNS = 10;
const LIMIT = 240_000;

describe('random sequences of the money chain', () => {
  let network: ModelNetwork;
  beforeAll(async () => {
    network = await ModelNetwork.start();
  }, LIMIT);
  afterAll(() => network.stop(), LIMIT);

  it(`${RUNS} of at least 40 attempts end as the plain model says, and every organisation's ledger keeps every invariant`, async () => {
    const seed = Math.floor(Date.now() / 86_400_000);
    const { tally, failure } = await search(network, { runs: RUNS, steps: 40, seed, parallel: RUNS, shrinkSeconds: 60 });
    expect(failure).toBeUndefined();
    expect(tally.sequences).toBe(RUNS);
    expect(tally.total('committed')).toBeGreaterThan(8 * RUNS);
    expect(tally.total('refused')).toBeGreaterThan(RUNS);
  }, LIMIT);
});
