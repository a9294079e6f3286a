import { DualchainError } from '@dualchain/model';
import { parseArgs } from 'node:util';

export interface DemoArguments {
  readonly help: boolean;
  /** EPCIS file to capture instead of playing the story. */
  readonly epcis?: string | undefined;
  readonly ports: 'ephemeral' | 'topology';
}

export const helpText = `Usage: npm start                        plays the story from farm to payment (about half a minute)
       npm start -- --epcis FILE        captures your own EPCIS 2.0 input and traces every lot in it

Options:
  --epcis FILE        a document, a query document, an event or a list of events (JSON-LD or XML)
  --ports MODE        "ephemeral" (default): any; "topology": those of network/consortium.yaml
  --help              this text

Both start a Fabric network of eight organisations inside this process, from npm packages alone. It
is for development and tests, keeps nothing, and ends with the program; Ctrl-C ends it at any time.

Exit status: 0 all done; 2 wrong usage, unreadable input, or an event that was refused; 130 after
Ctrl-C; otherwise that of the error.`;

/** Reads the command line. Throws INVALID_INPUT naming what is wrong. */
export function parseArguments(argv: readonly string[]): DemoArguments {
  const { values, positionals } = read(argv);
  const [stray] = positionals;
  if (stray !== undefined) throw usage(`There is no argument "${stray.slice(0, 100)}" here; a file to capture goes behind --epcis.`);
  const { ports = 'ephemeral', epcis } = values;
  if (ports !== 'ephemeral' && ports !== 'topology') throw usage(`--ports is "ephemeral" or "topology", not "${ports.slice(0, 100)}".`);
  if (epcis === '') throw usage('--epcis needs the path of a file.');
  return { help: values.help === true, epcis, ports };
}

function read(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: { help: { type: 'boolean', short: 'h' }, epcis: { type: 'string' }, ports: { type: 'string' } }, allowPositionals: true, strict: true });
  } catch (error) {
    const [sentence = 'The command line is not valid'] = (error instanceof Error ? error.message : String(error)).split(/\. |\n/);
    throw usage(`${sentence.replace(/\.$/, '')}.`);
  }
}

function usage(message: string): DualchainError {
  return new DualchainError('INVALID_INPUT', `${message} See: npm start -- --help`);
}
