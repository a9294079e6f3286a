import { DualchainError } from '@dualchain/model';
import { NetworkError } from '@dualchain/network';
import type { EmbeddedNetwork } from '@dualchain/network';
import { helpText, parseArguments } from './arguments';
import type { DemoArguments } from './arguments';
import { ScratchFolder, startDevelopmentNetwork } from './development-network';
import { readEpcisFile, runEpcisDemo } from './epcis-demo';
import { Screen } from './screen';
import { runStoryDemo } from './story-demo';

const INTERRUPTED = 130;
/** As a shell reports a program whose reader went away: `npm start | head`. */
const BROKEN_PIPE = 141;
const REFUSED = 2;
const NETWORK_FAILED = 7;
/** How long the network may take to end by itself before the process ends with it. */
const STOP_MS = 5_000;
/** How often a program that npm started looks whether npm's shell is still there. */
const PARENT_MS = 250;

/** `npm start`: `argv` without node and script, `root` the folder of the repository. Ends the process. */
export async function main(argv: readonly string[], root: string): Promise<void> {
  process.stdout.on('error', () => process.exit(BROKEN_PIPE));
  const screen = new Screen(process.stdout, process.env);
  let status: number;
  try {
    status = await run(parseArguments(argv), screen, root);
  } catch (error) {
    status = tell(error);
  }
  process.exit(status);
}

async function run(args: DemoArguments, screen: Screen, root: string): Promise<number> {
  if (args.help) {
    screen.line(helpText);
    return 0;
  }
  const epcis = args.epcis === undefined ? undefined : readEpcisFile(args.epcis);
  const scratch = new ScratchFolder();
  // However the process ends, keys do not stay behind.
  process.once('exit', () => scratch.remove());
  const abort = new AbortController();
  const interrupt = () => {
    abort.abort();
    screen.line();
    screen.line('Interrupted: the network has ended and nothing is left behind.');
    // Everything runs in this process and its threads, so nothing outlives it.
    process.exit(INTERRUPTED);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, interrupt);
  // npm passes signals to its shell only: when that is gone, nobody waits for this program any more.
  const parent = process.ppid;
  if (process.env['npm_lifecycle_event'] !== undefined) setInterval(() => process.ppid !== parent && interrupt(), PARENT_MS).unref();
  let network: EmbeddedNetwork | undefined;
  try {
    network = await startDevelopmentNetwork(screen, { root, directory: scratch.path, ports: args.ports });
    if (epcis === undefined) {
      await runStoryDemo(screen, network, { signal: abort.signal });
      return 0;
    }
    return (await runEpcisDemo(screen, network, epcis, abort.signal)) ? 0 : REFUSED;
  } finally {
    await within(network?.stop(), STOP_MS);
  }
}

/** One clear error, no stack: the message says what to do. */
function tell(error: unknown): number {
  if (error instanceof DualchainError) {
    process.stderr.write(`\n${error.code}: ${error.message}\n`);
    return error.exitCode;
  }
  if (error instanceof NetworkError) {
    process.stderr.write(`\n${error.code}: ${error.message}\n`);
    return error.code === 'TOPOLOGY_INVALID' ? REFUSED : NETWORK_FAILED;
  }
  process.stderr.write(`\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return 1;
}

async function within(work: Promise<void> | undefined, milliseconds: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  await Promise.race([work?.catch(() => undefined), new Promise<void>((resolve) => (timer = setTimeout(resolve, milliseconds)))]);
  clearTimeout(timer);
}
