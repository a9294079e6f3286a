import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { play, SEQUENCES_PER_NETWORK } from './share';
import type { Share, ShareMessage } from './share';
import { Tally } from './tally';

const usage = `npm run test:model -- [--runs N] [--steps N] [--seed N] [--parallel N] [--processes N] [--path PATH] [--mutant ID]

Plays N random sequences (default 200) of at least --steps attempts (default 40) behind an opening, by several
organisations at once on the embedded network, beside a plain model, and audits every organisation's own ledger after
each of them. Each process (default: one a core) has a network of its own with --parallel sequences on it (default 12),
a fresh one after ${SEQUENCES_PER_NETWORK} of them. --path, with --seed, plays a failure again as it was told. --mutant puts a deliberate
fault of test/mutants into the chaincode, which is to be found.`;

/** Programs and chaincode that the script bundled. */
export interface Bundles {
  /** Program of a process of its own. */
  readonly share: string;
  readonly chaincode: string;
}

/** V8 flags of the processes: the garbage of transactions is short-lived, and there is much of it. */
const FLAGS = ['--max-semi-space-size=32'];

/** Seconds that a failing sequence may be shrunk for; of a deliberate fault it is enough that it is found. */
const SHRINK_SECONDS = 60;

type Result = Extract<ShareMessage, { readonly kind: 'result' }>;

/** `npm run test:model`. Exit code 1 with the shrunk sequence and its seed if one fails, 2 on a wrong argument. */
export async function main(argv: readonly string[], { share: program, chaincode }: Bundles): Promise<number> {
  const options = read(argv);
  if (typeof options === 'string') {
    console.error(`${options}\n\n${usage}`);
    return 2;
  }
  const began = performance.now();
  const seconds = () => ((performance.now() - began) / 1000).toFixed(1);
  const shares = divide(options, chaincode);
  console.log(`${options.runs} sequences of at least ${options.steps} attempts`);
  for (const [index, { seed, runs, parallel }] of shares.entries()) console.log(`process ${index + 1}: seeds from ${seed} on, ${runs} sequences, ${Math.min(parallel, runs)} at once`);
  let passed = 0;
  const tell = (message: ShareMessage): void => {
    if (message.kind === 'failure') console.log(`\nA sequence failed; shrinking it.\n${message.text}\n`);
    else if (message.kind === 'sequence' && ++passed % 100 === 0) console.log(`${passed} sequences passed (${seconds()} s)`);
  };
  const results = await Promise.all(shares.map((share) => (shares.length === 1 ? here(share, tell) : inProcess(program, share, tell))));
  return report(results, seconds());
}

function report(results: readonly Result[], seconds: string): number {
  const tally = new Tally();
  const checked = new Map<string, number>();
  for (const result of results) {
    tally.join(result.tally);
    for (const [invariant, count] of result.checked) checked.set(invariant, (checked.get(invariant) ?? 0) + count);
  }
  const verbs = [...tally.verbs].sort(([a], [b]) => a.localeCompare(b));
  console.log(`\n${'verb'.padEnd(28)}${'committed'.padStart(10)}${'refused'.padStart(10)}`);
  for (const [verb, { committed, refused }] of verbs) console.log(`${verb.padEnd(28)}${String(committed).padStart(10)}${String(refused).padStart(10)}`);
  console.log(`\n${'invariant'.padEnd(28)}${'facts checked on 8 ledgers'.padStart(28)}`);
  for (const [invariant, count] of [...checked].sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }))) console.log(`${invariant.padEnd(28)}${String(count).padStart(28)}`);
  const failures = results.flatMap(({ failure }) => failure ?? []);
  if (failures.length > 0) {
    console.log(`\nFAILED after ${tally.sequences} sequences\n${failures.join('\n\n')}`);
    return 1;
  }
  console.log(`\n${tally.sequences} sequences, ${tally.total('committed')} transactions, ${tally.total('refused')} refusals, every invariant held (${seconds} s)`);
  return 0;
}

/** Seeds of the processes lie apart by those that one of them uses: one for each sequence that it has at once, on each of its networks. */
function divide({ runs, steps, seed, parallel, processes, path, shrinkSeconds }: Options, chaincode: string): Share[] {
  const count = Math.min(processes, runs);
  const seeds = parallel * Math.ceil(runs / count / SEQUENCES_PER_NETWORK);
  return Array.from({ length: count }, (_, index) => ({ runs: Math.floor(runs / count) + (index < runs % count ? 1 : 0), steps, seed: seed + index * seeds, parallel, path, chaincode, shrinkSeconds }));
}

async function here(share: Share, tell: (message: ShareMessage) => void): Promise<Result> {
  let result: Result | undefined;
  await play(share, (message) => {
    if (message.kind === 'result') result = message;
    else tell(message);
  });
  if (result === undefined) throw new Error('The sequences ended without a result.');
  return result;
}

/** The share played in a process of its own. */
function inProcess(program: string, share: Share, tell: (message: ShareMessage) => void): Promise<Result> {
  return new Promise((resolve, reject) => {
    const child = fork(program, { execArgv: [...process.execArgv, ...FLAGS] });
    let result: Result | undefined;
    child.on('message', (message: ShareMessage) => {
      if (message.kind === 'result') result = message;
      else tell(message);
    });
    child.once('error', reject);
    child.once('exit', (code, signal) => (result === undefined ? reject(new Error(`A process ended with ${signal ?? code} before it was through.`)) : resolve(result)));
    child.send(share);
  });
}

interface Options extends Omit<Share, 'chaincode'> {
  readonly processes: number;
}

function read(argv: readonly string[]): Options | string {
  const cores = String(availableParallelism());
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        runs: { type: 'string', default: '200' },
        steps: { type: 'string', default: '40' },
        seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
        parallel: { type: 'string', default: '12' },
        processes: { type: 'string', default: cores },
        path: { type: 'string' },
        mutant: { type: 'string' },
      },
    });
    const { path } = values;
    const numbers = { runs: Number(values.runs), steps: Number(values.steps), seed: Number(values.seed), parallel: path === undefined ? Number(values.parallel) : 1, processes: path === undefined ? Number(values.processes) : 1 };
    const wrong = Object.entries(numbers).find(([name, value]) => !Number.isSafeInteger(value) || value < (name === 'seed' ? 0 : 1));
    return wrong === undefined ? { ...numbers, path, shrinkSeconds: values.mutant === undefined ? SHRINK_SECONDS : 0 } : `--${wrong[0]} must be a whole number.`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
