import { rm } from 'node:fs/promises';
import { DualchainError } from '@dualchain/model';
import type { Command } from 'commander';
import { createColors } from 'picocolors';
import { isNotThere, reasonOf } from '../errors/system';
import type { StreamProgress, StreamReport } from '../trace';
import { withConnection } from './connected';
import type { Connecting } from './connected';
import type { Terminal } from './main';
import { captureLines } from './print-capture';

const EXAMPLES = `
Examples:
  dualchain capture harvest.jsonld --profile network/out/farm
  dualchain capture year.xml --proceed --profile network/out/farm     good events are captured, the others listed
  dualchain capture year.xml --resume --profile network/out/farm      goes on where an earlier run was cut off
  zcat year.jsonld.gz | dualchain capture - --profile network/out/farm

The input is read to its end before anything is sent. While it is captured, its position is kept in FILE.capture, which
is removed when all is done. Capturing the same events again is safe: they are told as "on the ledger before".

Exit status: 0 all events are on the ledger, 1 some were refused (--proceed), 2 the input is not valid,
130 ended by Ctrl-C, otherwise as the error catalogue says.`;

interface CaptureCommandOptions extends Connecting {
  readonly proceed: boolean;
  readonly resume: boolean;
  readonly checkpoint?: string;
  readonly witness?: string;
  readonly concurrency?: string;
  readonly json: boolean;
}

const INTERRUPTED = 130;

/** Adds `capture`. */
export function addCaptureCommand(program: Command, terminal: Terminal, exit: (code: number) => void): void {
  program
    .command('capture')
    .description('capture an EPCIS document of any length, JSON-LD or XML')
    .argument('<file>', 'the document; "-" reads it from standard input')
    .requiredOption('--profile <folder>', 'your organisation')
    .option('--user <name>', 'user of the profile', 'maker')
    .option('--proceed', 'capture the good events although others are refused', false)
    .option('--resume', 'go on where an earlier run of the same input was cut off', false)
    .option('--checkpoint <file>', 'file that keeps the position (default: FILE.capture)')
    .option('--witness <mspId>', 'second organisation that endorses')
    .option('--concurrency <number>', 'transactions under way at once, 1 to 16')
    .option('--json', 'write one JSON object instead of text', false)
    .addHelpText('after', EXAMPLES)
    .action(async (file: string, options: CaptureCommandOptions) => {
      const checkpoint = options.checkpoint ?? (file === '-' ? undefined : `${file}.capture`);
      if (checkpoint === undefined && options.resume) throw new DualchainError('INVALID_INPUT', 'Standard input has no name: say where the position is kept with --checkpoint.');
      if (checkpoint !== undefined && !options.resume) await removed(checkpoint);
      const report = await run(file, checkpoint, options, terminal, exit);
      if (report === undefined) return;
      if (checkpoint !== undefined) await removed(checkpoint);
      terminal.write(options.json ? `${JSON.stringify(report, undefined, 2)}\n` : `${captureLines(file, { ...report, ...(report.resumedAt !== undefined && { remark: `(this run began at event ${report.resumedAt})` }) }, terminal.colour).join('\n')}\n`);
      exit(report.refused > 0 ? 1 : 0);
    });
}

/** Undefined: Ctrl-C ended it. */
async function run(file: string, checkpoint: string | undefined, { profile, user, proceed, witness, concurrency, json }: CaptureCommandOptions, terminal: Terminal, exit: (code: number) => void): Promise<StreamReport | undefined> {
  const controller = new AbortController();
  const interrupt = () => controller.abort();
  try {
    return await withConnection({ profile, user }, ({ trace }) => {
      process.once('SIGINT', interrupt);
      return trace.captureStream(file === '-' ? process.stdin : file, {
        mode: proceed ? 'proceed' : 'all',
        signal: controller.signal,
        ...(checkpoint !== undefined && { checkpoint }),
        ...(witness !== undefined && { witness }),
        ...(concurrency !== undefined && { concurrency: Number(concurrency) }),
        onProgress: (progress) => terminal.progress?.(progressLine(progress, terminal.colour)),
      });
    });
  } catch (error) {
    terminal.progress?.('');
    if (controller.signal.aborted && error instanceof DualchainError && error.code === 'ABORTED' && !json) {
      terminal.error(`Ended. ${checkpoint === undefined ? 'Capturing it again is safe.' : `Go on with: dualchain capture ${file} --resume`}\n`);
      exit(INTERRUPTED);
      return undefined;
    }
    throw error;
  } finally {
    terminal.progress?.('');
    process.off('SIGINT', interrupt);
  }
}

const BAR = 30;

/** One line: a bar, how much is done, and what was found. */
function progressLine({ phase, bytes, totalBytes, total, captured, already, refused }: StreamProgress, colour: boolean): string {
  const { dim, cyan } = createColors(colour);
  const done = captured + already + refused;
  const share = phase === 'checking' ? bytes / Math.max(1, totalBytes) : done / Math.max(1, total);
  const full = Math.min(BAR, Math.floor(share * BAR));
  const counts = phase === 'checking' ? `${total} events read` : `${done} of ${total} events${already > 0 ? `, ${already} were there before` : ''}${refused > 0 ? `, ${refused} refused` : ''}`;
  return `${phase === 'checking' ? 'checking ' : 'capturing'} ${cyan('█'.repeat(full))}${dim('░'.repeat(BAR - full))} ${String(Math.floor(share * 100)).padStart(3)} %  ${counts}`;
}

async function removed(file: string): Promise<void> {
  await rm(file).catch((cause: unknown) => {
    if (!isNotThere(cause)) throw new DualchainError('INVALID_INPUT', `The checkpoint ${file} cannot be removed: ${reasonOf(cause)}`, { details: { file }, cause });
  });
}
