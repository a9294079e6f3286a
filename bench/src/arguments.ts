import { parseArgs } from 'node:util';
import { benches } from './benches/index';
import { engineNames } from './network/messages';
import type { EngineName } from './network/messages';

export interface BenchArguments {
  readonly help: boolean;
  /** In the order of the list of benches. */
  readonly names: readonly string[];
  readonly engine: EngineName;
  readonly json: boolean;
  readonly seconds: number;
  readonly concurrency: number | undefined;
}

/** The command line is wrong; the message says what is right. */
export class UsageError extends Error {}

const SECONDS = 20;

export function helpText(): string {
  const widest = Math.max(...benches.map(({ name }) => name.length));
  return `Usage: npm run bench [NAME…] [-- OPTIONS]

Each bench compares with a floor that is measured in the same run, in turns: a contract of one read
and one write, called through the plain Fabric Gateway client on the same network, with as many
endorsing organisations and the same number of calls at once.

Benches (all of them if none is named):
${benches.map(({ name, what }) => `  ${name.padEnd(widest)}  ${what}`).join('\n')}

Options:
  --engine ENGINE     "embedded" (default), or "fabric": real peers and orderers from FABRIC_BIN or PATH
  --seconds N         measured seconds of each side (default ${SECONDS})
  --concurrency N     calls at once (default: the bench's own)
  --json              one JSON object instead of tables; npm itself is silent with: npm run --silent
  --help              this text

Exit status: 0 measured, whether or not a target was met; 1 failed; 2 wrong usage.`;
}

/** Reads the command line. Throws UsageError. */
export function parseArguments(argv: readonly string[]): BenchArguments {
  const { values, positionals } = read(argv);
  const unknown = positionals.find((name) => !benches.some((bench) => bench.name === name));
  if (unknown !== undefined) throw new UsageError(`There is no bench "${unknown.slice(0, 100)}"; there are ${benches.map(({ name }) => name).join(', ')}.`);
  const { engine = 'embedded' } = values;
  const known = engineNames.find((name) => name === engine);
  if (known === undefined) throw new UsageError(`--engine is ${engineNames.join(' or ')}, not "${engine.slice(0, 100)}".`);
  return {
    help: values.help === true,
    names: benches.map(({ name }) => name).filter((name) => positionals.length === 0 || positionals.includes(name)),
    engine: known,
    json: values.json === true,
    seconds: positive('--seconds', values.seconds) ?? SECONDS,
    concurrency: positive('--concurrency', values.concurrency, true),
  };
}

function positive(name: string, text: string | undefined, whole = false): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!(value > 0) || value > 10_000 || (whole && !Number.isInteger(value))) throw new UsageError(`${name} is a ${whole ? 'whole ' : ''}number above 0 and at most 10000, not "${text.slice(0, 100)}".`);
  return value;
}

function read(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: { help: { type: 'boolean', short: 'h' }, engine: { type: 'string' }, json: { type: 'boolean' }, seconds: { type: 'string' }, concurrency: { type: 'string' } },
      allowPositionals: true,
      strict: true,
    });
  } catch (error) {
    const [sentence = 'The command line is not valid'] = (error instanceof Error ? error.message : String(error)).split(/\. |\n/);
    throw new UsageError(`${sentence.replace(/\.$/, '')}.`);
  }
}
