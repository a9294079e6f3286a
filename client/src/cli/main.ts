import { DualchainError, errorCatalogue } from '@dualchain/model';
import { Command, CommanderError } from 'commander';
import { addAuditCommand } from './audit-command';
import { addCaptureCommand } from './capture-command';
import { addCaptureSealedCommand } from './capture-sealed-command';
import { addDiscloseCommand } from './disclose-command';
import { addQuestionCommands } from './question-commands';
import { addVerifyCommand } from './verify-command';

/** Where a command writes. */
export interface Terminal {
  write(text: string): void;
  error(text: string): void;
  readonly colour: boolean;
  /** Writes one line over the last one; undefined where nobody watches. */
  progress?(line: string): void;
}

/** Exit status of a command line that was typed wrong, as of all bad input. */
const USAGE = 2;

/** The `dualchain` command line; `argv` without program and script. Returns the exit status. */
export async function main(argv: readonly string[], terminal: Terminal = processTerminal()): Promise<number> {
  let status = 0;
  const program = new Command('dualchain')
    .description('Dualchain for members of a consortium.')
    .exitOverride()
    .configureOutput({ writeOut: (text) => terminal.write(text), writeErr: (text) => terminal.error(text) })
    .showHelpAfterError('(--help tells more)');
  const exit = (code: number) => {
    status = code;
  };
  addAuditCommand(program, terminal, exit);
  addCaptureCommand(program, terminal, exit);
  addCaptureSealedCommand(program, terminal, exit);
  addDiscloseCommand(program, terminal);
  addVerifyCommand(program, terminal, exit);
  addQuestionCommands(program, terminal, exit);
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return status;
  } catch (error) {
    // Commander has written its own message.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE;
    const { code, message, details } = error instanceof DualchainError ? error : new DualchainError('INTERNAL', error instanceof Error ? error.message : String(error), { cause: error });
    if (argv.includes('--json')) terminal.write(`${JSON.stringify({ error: { code, message, details } }, undefined, 2)}\n`);
    else terminal.error(`error ${code}: ${message}\n`);
    return errorCatalogue[code].exit;
  }
}

function processTerminal(): Terminal {
  // Whoever reads the output may stop reading (`dualchain audit … | head`).
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
  const colour = process.stdout.isTTY === true && process.env['NO_COLOR'] === undefined && process.env['TERM'] !== 'dumb';
  const progress = (line: string) => void process.stderr.write(`\r\u001b[K${line}`);
  return { write: (text) => void process.stdout.write(text), error: (text) => void process.stderr.write(text), colour, ...(process.stderr.isTTY === true && { progress }) };
}
