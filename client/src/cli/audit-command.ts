import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { DualchainError } from '@dualchain/model';
import type { Command } from 'commander';
import { exportLedger } from '../audit/evidence';
import { connect } from '../connect';
import { reasonOf } from '../errors/system';
import { auditSources } from './audit-ledgers';
import { openSources } from './ledger-sources';
import { auditAsJson, printAudit } from './print-audit';
import type { Terminal } from './main';

const EXAMPLES = `
Examples:
  dualchain audit --profile network/out/bank --user auditor
  dualchain audit export --profile network/out/bank --user auditor --out bank.ledger
  dualchain audit bank.ledger brand.ledger        two organisations, compared with each other
  dualchain audit blocks/                         files of "peer channel fetch": private data is counted as unseen

Exit status: 0 every invariant holds, 1 one is broken, 2 the input is no evidence (missing, truncated, blocks missing),
otherwise as the error catalogue says.`;

interface AuditOptions {
  readonly profile: readonly string[];
  readonly user: string;
  readonly chaincode: string;
  readonly json: boolean;
}

interface ExportOptions {
  readonly profile?: readonly string[];
  readonly user?: string;
  readonly out: string;
}

/** Adds `audit` and `audit export`. */
export function addAuditCommand(program: Command, terminal: Terminal, exit: (code: number) => void): void {
  const several = (value: string, before: readonly string[]) => [...before, value];
  const audit = program
    .command('audit')
    .description('replay a ledger and check every invariant of the money chain on it')
    .argument('[files...]', 'ledger files, block files, or folders of them')
    .option('--profile <folder>', 'organisation whose peer is asked; may be given again', several, [])
    .option('--user <name>', 'user of the profile', 'auditor')
    .option('--chaincode <name>', 'chaincode whose keys are read in plain block files', 'dualchain')
    .option('--json', 'write one JSON object instead of a table', false)
    .addHelpText('after', EXAMPLES)
    .action(async (files: readonly string[], { profile, user, chaincode, json }: AuditOptions) => {
      const found = await auditSources(await openSources({ profiles: profile, user, files, chaincode }));
      terminal.write(json ? auditAsJson(found) : printAudit(found, { colour: terminal.colour }));
      exit(found.holds ? 0 : 1);
    });
  audit
    .command('export')
    .description("write an organisation's ledger, with its private data, to a file that can be audited without a network")
    .requiredOption('--out <file>', 'file to write; name it *.ledger')
    .action(async (_options: ExportOptions, command: Command) => {
      const { profile = [], user = 'auditor', out } = command.optsWithGlobals<ExportOptions>();
      const [folder, ...others] = profile;
      if (folder === undefined || others.length > 0) throw new DualchainError('INVALID_INPUT', 'Name the one organisation whose ledger is written: --profile network/out/bank');
      await writeLedger(folder, user, out);
      terminal.write(`The ledger is in ${out}, with the private data of its organisation: keep it as you keep the peer's.\n`);
      exit(0);
    });
}

/** The file appears under its name only when it is whole, readable for its owner alone. */
async function writeLedger(profile: string, user: string, out: string): Promise<void> {
  const dualchain = await connect({ profile, user });
  const part = `${out}.part`;
  try {
    await pipeline(Readable.from(exportLedger(dualchain.session)), createWriteStream(part, { mode: 0o600 }));
    await rename(part, out);
  } catch (error) {
    await rm(part, { force: true });
    if (error instanceof DualchainError) throw error;
    throw new DualchainError('INVALID_INPUT', `${out} cannot be written: ${reasonOf(error)}`, { details: { file: out }, cause: error });
  } finally {
    dualchain.close();
  }
}
