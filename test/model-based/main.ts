import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { ModelNetwork } from './network';
import { search } from './search';

const usage = `npm run test:model -- [--runs N] [--steps N] [--seed N] [--parallel N]

Plays N random sequences (default 200) of at least --steps attempts (default 40) by several organisations at once on the
embedded network, beside a plain model, and audits every organisation's own ledger after each of them.`;

/** `npm run test:model`. Exit code 1 with the shrunk sequence and its seed if one fails, 2 on a wrong argument. */
export async function main(argv: readonly string[]): Promise<number> {
  const options = read(argv);
  if (typeof options === 'string') {
    console.error(`${options}\n\n${usage}`);
    return 2;
  }
  const began = performance.now();
  await using network = await ModelNetwork.start();
  const seconds = () => ((performance.now() - began) / 1000).toFixed(1);
  console.log(`seed ${options.seed}, ${options.runs} sequences of at least ${options.steps} attempts, ${options.parallel} at once`);
  const { tally, failure } = await search(network, {
    ...options,
    shrinkSeconds: 60,
    onFailure: (failure) => console.log(`\nA sequence failed; shrinking it.\n${failure}\n`),
    onSequence: ({ sequences }) => {
      if (sequences % 100 === 0) console.log(`${sequences} sequences passed (${seconds()} s)`);
    },
  });
  const verbs = [...tally.verbs].sort(([a], [b]) => a.localeCompare(b));
  console.log(`\n${'verb'.padEnd(28)}${'committed'.padStart(10)}${'refused'.padStart(10)}`);
  for (const [verb, { committed, refused }] of verbs) console.log(`${verb.padEnd(28)}${String(committed).padStart(10)}${String(refused).padStart(10)}`);
  console.log(`\n${'invariant'.padEnd(28)}${'facts checked on 8 ledgers'.padStart(28)}`);
  for (const [invariant, count] of network.checked()) console.log(`${invariant.padEnd(28)}${String(count).padStart(28)}`);
  if (failure !== undefined) {
    console.log(`\nFAILED after ${tally.sequences} sequences\n${failure}`);
    return 1;
  }
  console.log(`\n${tally.sequences} sequences, ${tally.total('committed')} transactions, ${tally.total('refused')} refusals, every invariant held (${seconds()} s)`);
  return 0;
}

function read(argv: readonly string[]): { runs: number; steps: number; seed: number; parallel: number } | string {
  try {
    const { values } = parseArgs({ args: [...argv], options: { runs: { type: 'string', default: '200' }, steps: { type: 'string', default: '40' }, seed: { type: 'string', default: String(Date.now() % 1_000_000_000) }, parallel: { type: 'string', default: String(availableParallelism() * 6) } } });
    const numbers = { runs: Number(values.runs), steps: Number(values.steps), seed: Number(values.seed), parallel: Number(values.parallel) };
    const wrong = Object.entries(numbers).find(([name, value]) => !Number.isSafeInteger(value) || value < (name === 'seed' ? 0 : 1));
    return wrong === undefined ? numbers : `--${wrong[0]} must be a whole number.`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
