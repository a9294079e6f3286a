import path from 'node:path';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { NetworkError } from '../errors';
import type { Settings } from './directory';
import { NetworkDirectory } from './directory';
import { down } from './down';
import { engineNames } from './engines';
import type { Deployed, EngineName } from './engines';
import { Printer, nearest } from './print';
import { SUPERVISE, findRunning, order } from './remote';
import { errorBody } from './supervisor';
import { adopt, runInForeground, startInBackground, superviseInBackground } from './up';

/** Exit codes: 0 done, 1 refused or failed, 3 nothing runs there (as init scripts say it). */
const NOT_RUNNING = 3;

interface CommonOptions {
  readonly dir: string;
  readonly json: boolean;
}

interface UpOptions extends CommonOptions {
  readonly engine: EngineName;
  readonly ports: 'topology' | 'ephemeral';
  readonly topology: string;
  readonly chaincode: string;
  readonly foreground: boolean;
}

/** The network command line. `root`: folder of the repository, where defaults come from. Returns the exit code. */
export async function main(argv: readonly string[], root: string): Promise<number> {
  if (argv[0] === SUPERVISE) {
    await superviseInBackground(JSON.parse(argv[1] ?? '{}') as Settings);
    return Number(process.exitCode ?? 0);
  }
  // Whoever reads the output may stop reading (`network.sh logs … | head`).
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
  let code = 0;
  const program = commands(root, (exit) => {
    code = exit;
  });
  try {
    await program.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    // Commander has written its own message.
    if (error instanceof CommanderError) return error.exitCode;
    const { code: name, message, details } = errorBody(error);
    new Printer(argv.includes('--json')).error(name, message, details);
    return error instanceof NetworkError && name === 'NOT_RUNNING' ? NOT_RUNNING : 1;
  }
  return code;
}

function commands(root: string, exit: (code: number) => void): Command {
  const program = new Command('network.sh');
  program.description('Runs the Fabric network of network/consortium.yaml on this machine.').exitOverride().showHelpAfterError('(network.sh --help lists the commands)');
  const command = (name: string, description: string) =>
    program
      .command(name)
      .description(description)
      .option('--dir <folder>', 'where the network keeps keys, configuration and ledgers', path.join(root, 'network', 'out'))
      .option('--json', 'write one JSON object instead of text', false);

  command('up', 'start the network with its channel, and return when it is ready')
    .alias('createChannel')
    .addOption(new Option('--engine <name>', 'embedded: inside one Node process; fabric: real Hyperledger Fabric processes').choices(engineNames).default('embedded'))
    .addOption(new Option('--ports <which>', 'ephemeral: free ports instead of those of the topology').choices(['topology', 'ephemeral']).default('topology'))
    .option('--topology <file>', 'organisations, orderers, channel, chaincode', path.join(root, 'network', 'consortium.yaml'))
    .option('--chaincode <file>', 'program that serves the chaincode', path.join(root, 'chaincode', 'dist', 'main.js'))
    .option('--foreground', 'stay until Ctrl-C instead of going on in the background', false)
    .action((options: UpOptions) => up(options));

  command('deploy', 'deploy the chaincode; again after its program has changed')
    .alias('deployCC')
    .action(async (options: CommonOptions) => {
      const printer = new Printer(options.json);
      const began = performance.now();
      const deployed = await order<Deployed>(directoryOf(options), 'POST', '/deploy');
      printer.result(deployed);
      const packages = new Set(Object.values(deployed.packageIds)).size;
      printer.line(`Chaincode deployed for ${Object.keys(deployed.packageIds).length} organisations, sequence ${deployed.sequence}, ${packages} package${packages === 1 ? '' : 's'} (${((performance.now() - began) / 1000).toFixed(1)} s)`);
    });

  command('status', 'list the nodes and their health; exit code 3 if no network runs, 1 if a node is not healthy').action(async (options: CommonOptions) => {
    const printer = new Printer(options.json);
    const directory = directoryOf(options);
    const status = await findRunning(directory);
    if (status === undefined) {
      printer.result({ running: false, directory: directory.path });
      printer.line(`No network runs in ${nearest(directory.path)}. Start one with: network.sh up`);
      exit(NOT_RUNNING);
      return;
    }
    printer.result(status);
    printer.status(status);
    exit(status.nodes.every((node) => node.healthy) ? 0 : 1);
  });

  command('logs', 'print the end of a node\'s log (names: network.sh status)')
    .argument('<node>', 'such as peer0.brand')
    .option('--lines <count>', 'how many lines', count, 200)
    .action(async (node: string, options: CommonOptions & { readonly lines: number }) => {
      const printer = new Printer(options.json);
      const { lines } = await order<{ lines: string[] }>(directoryOf(options), 'GET', `/logs?node=${encodeURIComponent(node)}`);
      const last = lines.slice(-options.lines);
      printer.result({ node, lines: last });
      for (const line of last) printer.line(line);
    });

  command('down', 'end the network and remove its keys, configuration and ledgers')
    .option('--keep', 'end it but keep its files, so that `up` takes the ledgers up again (engine fabric)', false)
    .action(async (options: CommonOptions & { readonly keep: boolean }) => {
      const printer = new Printer(options.json);
      const result = await down(directoryOf(options), options.keep);
      printer.result(result);
      const folder = nearest(result.directory);
      printer.line(result.ended ? `The network in ${folder} has ended; no process of it is left${result.nodes > 0 ? ` (${result.nodes} nodes)` : ''}.` : `No network was running in ${folder}.`);
      if (result.removed) printer.line('Its keys, configuration and ledgers were removed.');
    });
  return program;
}

async function up(options: UpOptions): Promise<void> {
  const printer = new Printer(options.json);
  const settings: Settings = { engine: options.engine, directory: path.resolve(options.dir), topology: path.resolve(options.topology), ports: options.ports, chaincode: path.resolve(options.chaincode) };
  const began = performance.now();
  const before = await adopt(settings);
  if (before !== undefined) {
    printer.result({ ...before, started: false });
    printer.line('It is running already.');
    printer.status(before);
    return;
  }
  const onProgress = (step: string, milliseconds: number) => printer.step(step, milliseconds);
  if (options.foreground) {
    await runInForeground(
      settings,
      (status) => {
        printer.result({ ...status, started: true });
        printer.status(status);
        printer.line('Ctrl-C ends it.');
      },
      onProgress,
    );
    printer.line('The network has ended; no process of it is left.');
    return;
  }
  const status = await startInBackground(settings, __filename, onProgress);
  printer.result({ ...status, started: true, readyMs: Math.round(performance.now() - began) });
  printer.status(status);
  printer.line('Next: network.sh deploy. End it with: network.sh down');
}

function directoryOf({ dir }: CommonOptions): NetworkDirectory {
  return new NetworkDirectory(path.resolve(dir));
}

function count(value: string): number {
  const parsed = Number(value);
  if (!Number.isInteger(parsed) || parsed < 1) throw new InvalidArgumentError('Give a whole number of lines, at least 1.');
  return parsed;
}

// The background process of `up` runs this file itself.
if (require.main === module) void main(process.argv.slice(2), process.cwd()).then((code) => (process.exitCode = code));
