import type { Command } from 'commander';
import { createColors } from 'picocolors';
import type { Disclosure } from '../disclosure';
import { saveDisclosure, saveRoots } from '../disclosure/files';
import { withConnection } from './connected';
import type { Connecting } from './connected';
import type { Terminal } from './main';

const EXAMPLES = `
Examples:
  dualchain disclose invoice INV-1 --fields total,currency --out pack.json --profile network/out/processor
  dualchain disclose event 'ni:///sha-256;…?ver=CBV2.0' --out event.json --profile network/out/farm
  dualchain disclose holding H-1 --fields "" --challenge "Bank of Nowhere, 24 November" --out pack.json --profile …

The pack holds no hidden field, only hashes with secret salts. It does hold the transaction as every member sees it.`;

interface DiscloseOptions extends Connecting {
  readonly fields?: string;
  readonly witness: readonly string[];
  readonly wholeBlock: boolean;
  readonly challenge?: string;
  readonly out: string;
  readonly json: boolean;
}

interface RootsOptions extends Connecting {
  readonly out: string;
}

/** Adds `disclose` and `roots`. */
export function addDiscloseCommand(program: Command, terminal: Terminal): void {
  const several = (value: string, before: readonly string[]) => [...before, value];
  program
    .command('disclose')
    .description('write a pack that proves chosen fields of a sealed record, or a public object, to someone outside')
    .argument('<type>', 'of a sealed record your organisation holds, such as invoice; without --fields of a public object, such as event')
    .argument('<id>', 'its id')
    .option('--fields <names>', 'fields to show, separated by commas; the others stay hidden')
    .requiredOption('--out <file>', 'file to write')
    .requiredOption('--profile <folder>', 'your organisation')
    .option('--user <name>', 'user of the profile', 'auditor')
    .option('--witness <mspId>', 'organisation whose peer signs that it stands so; may be given again (default: you, the parties, the authority)', several, [])
    .option('--whole-block', 'show the other transactions of the block too, so that the block itself can be checked', false)
    .option('--challenge <text>', 'text that the verifier gave you: it proves to him that the pack was made afterwards')
    .option('--json', 'write one JSON object about the pack', false)
    .addHelpText('after', EXAMPLES)
    .action(async (type: string, id: string, { fields, witness, wholeBlock, challenge, out, json, ...connecting }: DiscloseOptions) => {
      const names = fields?.split(',').map((name) => name.trim()).filter((name) => name !== '');
      const made = await withConnection(connecting, (dualchain) =>
        dualchain.disclosures.disclose({ type, id, wholeBlock, ...(names !== undefined && { fields: names }), ...(witness.length > 0 && { witnesses: witness }), ...(challenge !== undefined && { challenge }) }),
      );
      await saveDisclosure(out, made.pack);
      const { pack: _pack, ...about } = made;
      terminal.write(json ? `${JSON.stringify({ out, ...about }, undefined, 2)}\n` : printDisclosure(made, `${type} ${id}`, out, terminal.colour));
    });
  program
    .command('roots')
    .description('write the root certificates of the consortium, which are all that a verifier of packs needs to trust')
    .requiredOption('--out <file>', 'file to write')
    .requiredOption('--profile <folder>', 'your organisation')
    .option('--user <name>', 'user of the profile', 'auditor')
    .action(async ({ out, ...connecting }: RootsOptions) => {
      const roots = await withConnection(connecting, (dualchain) => dualchain.disclosures.channelRoots());
      await saveRoots(out, roots);
      terminal.write(`The roots of ${Object.keys(roots.members).join(', ')} and of the ordering service (${Object.keys(roots.orderers).join(', ')}) are in ${out}.\nWhoever verifies packs should get this file from someone he trusts.\n`);
    });
}

function printDisclosure({ pack, shown, hidden, alsoShown, otherTransactions, witnesses }: Disclosure, name: string, out: string, colour: boolean): string {
  const { bold, dim, yellow } = createColors(colour);
  const sealed = pack.subject.kind === 'sealed';
  const line = (label: string, text: string) => `  ${dim(label.padEnd(9))} ${text}`;
  const lines = [`${bold(out)} discloses ${bold(name)}`, ...(sealed ? [line('shown', shown.join(', ') || 'no field'), line('hidden', hidden.join(', ') || 'no field')] : [line('shown', 'the whole public object')]), line('witnessed', witnesses.join(', '))];
  if (alsoShown.length > 0) lines.push(yellow(`  The transaction also shows ${alsoShown.length} other public object${alsoShown.length === 1 ? '' : 's'} that it wrote:`), ...alsoShown.map((each) => `    ${each}`));
  if (otherTransactions > 0) lines.push(pack.block === undefined ? `  The block is left out, because ${otherTransactions} other transaction${otherTransactions === 1 ? ' stands' : 's stand'} in it; the witnesses say where it stands. (--whole-block)` : yellow(`  The pack shows ${otherTransactions} other transaction${otherTransactions === 1 ? '' : 's'} of the same block, as every member sees them.`));
  return `${lines.join('\n')}\n`;
}
