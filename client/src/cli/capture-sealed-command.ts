import { readFile } from 'node:fs/promises';
import { DualchainError } from '@dualchain/model';
import type { Command } from 'commander';
import { createColors } from 'picocolors';
import { reasonOf } from '../errors/system';
import type { InternalCaptureReport, SealedCaptureReport } from '../trace';
import { withConnection } from './connected';
import type { Connecting } from './connected';
import type { Terminal } from './main';
import { captureLines } from './print-capture';

const EXAMPLES = `
Examples:
  dualchain capture-sealed recipe.jsonld --to BrandMSP CarrierMSP --profile network/out/farm
  dualchain capture-sealed cooling.jsonld --internal --key farm.key --profile network/out/farm

With --to the events are readable by your organisation and those named, and by nobody else; with --internal they are
encrypted here with your key, and nobody else learns more than how many there are. The key is a file of 32 bytes, as they
are or as 64 hexadecimal digits (openssl rand -hex 32 > farm.key); without it the events cannot be read again.

Exit status: 0 all events are on the ledger, 1 some were refused (--proceed), 2 the input is not valid, otherwise as
the error catalogue says.`;

interface CaptureSealedOptions extends Connecting {
  readonly to?: readonly string[];
  readonly internal: boolean;
  readonly key?: string;
  readonly proceed: boolean;
  readonly json: boolean;
}

/** Adds `capture-sealed`. */
export function addCaptureSealedCommand(program: Command, terminal: Terminal, exit: (code: number) => void): void {
  program
    .command('capture-sealed')
    .description('capture an EPCIS document that not everybody may read')
    .argument('<file>', 'the document, up to 20 MiB; "-" reads it from standard input')
    .requiredOption('--profile <folder>', 'your organisation')
    .option('--user <name>', 'user of the profile', 'maker')
    .option('--to <mspIds...>', 'organisations that may read the events besides your own')
    .option('--internal', 'nobody else may read them', false)
    .option('--key <file>', "your organisation's key for internal events")
    .option('--proceed', 'capture the good events although others are refused', false)
    .option('--json', 'write one JSON object instead of text', false)
    .addHelpText('after', EXAMPLES)
    .action(async (file: string, options: CaptureSealedOptions) => {
      const report = await run(file, options);
      terminal.write(options.json ? `${JSON.stringify(report, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value), 2)}\n` : printReport(report, file, terminal.colour));
      exit(report.refused.length > 0 ? 1 : 0);
    });
}

async function run(file: string, { profile, user, to, internal, key, proceed }: CaptureSealedOptions): Promise<SealedCaptureReport | InternalCaptureReport> {
  if (internal === (to !== undefined)) throw new DualchainError('INVALID_INPUT', 'Say who may read the events: --to with the MSP ids of organisations, or --internal.');
  if (internal !== (key !== undefined)) throw new DualchainError('INVALID_INPUT', internal ? 'Internal events are encrypted with a key of your organisation: name its file with --key.' : 'Events for others are not encrypted with your own key; leave --key out.');
  const source = file === '-' ? process.stdin : file;
  const mode = proceed ? 'proceed' : 'all';
  const internalKey = key === undefined ? undefined : await readKey(key);
  return withConnection({ profile, user, ...(internalKey !== undefined && { internalKey }) }, ({ trace }) => (to === undefined ? trace.captureInternalEvents(source, { mode }) : trace.captureSealedEvents(source, { parties: to, mode })));
}

async function readKey(file: string): Promise<Uint8Array> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new DualchainError('INVALID_INPUT', `The key ${file} cannot be read: ${reasonOf(cause)}`, { details: { file }, cause });
  });
  const text = bytes.toString('latin1').trim();
  if (/^[0-9a-fA-F]{64}$/.test(text)) return Buffer.from(text, 'hex');
  if (bytes.length !== 32) throw new DualchainError('INVALID_INPUT', `The key ${file} must be 32 bytes, as they are or as 64 hexadecimal digits.`, { details: { file } });
  return bytes;
}

function printReport(report: SealedCaptureReport | InternalCaptureReport, file: string, colour: boolean): string {
  const { yellow } = createColors(colour);
  const { total, captured, refused } = report;
  const fresh = captured.filter(({ already }) => already === undefined);
  const transactions = new Set(fresh.map(({ transactionId }) => transactionId)).size;
  const flags = 'flags' in report ? report.flags : [];
  const lines = [
    ...captureLines(file, { total, captured: fresh.length, already: captured.length - fresh.length, refused: refused.length, refusedEvents: refused, transactions, how: 'under seal' }, colour),
    ...flags.map(({ lot, recallId }) => `  ${yellow('under recall')} ${lot} (${recallId}): a recall does not spread over sealed events, tell their readers`),
  ];
  return `${lines.join('\n')}\n`;
}
