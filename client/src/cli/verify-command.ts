import { readFileSync } from 'node:fs';
import { DualchainError } from '@dualchain/model';
import type { Command } from 'commander';
import { loadRoots } from '../disclosure/files';
import { verify } from '../disclosure/verify';
import { reasonOf } from '../errors/system';
import type { Terminal } from './main';
import { printVerification } from './print-verification';
import { wholeNumber } from './whole-number';

const EXAMPLES = `
Examples:
  dualchain verify pack.json --roots roots.json
  dualchain verify pack.json --roots folder/            members/<MSP id>.pem and orderers/<MSP id>.pem in it
  dualchain verify pack.json --roots roots.json --challenge "Bank of Nowhere, 24 November"

Needs no network. Exit status: 0 the pack is verified, 1 a check failed, 2 no pack, no roots, or bad input.`;

interface VerifyCommandOptions {
  readonly roots: string;
  readonly challenge?: string;
  readonly blockHash?: string;
  readonly endorsers: number;
  readonly chaincode: string;
  readonly json: boolean;
}

/** Adds `verify`. */
export function addVerifyCommand(program: Command, terminal: Terminal, exit: (code: number) => void): void {
  program
    .command('verify')
    .description('verify a disclosure pack without a network')
    .argument('<pack>', 'file that "dualchain disclose" wrote')
    .requiredOption('--roots <file>', 'root certificates that you trust: a file of "dualchain roots", or a folder of PEM files')
    .option('--challenge <text>', 'what you asked the maker of the pack to put into it')
    .option('--block-hash <hash>', 'hash of the block, if you have it from elsewhere')
    .option('--endorsers <number>', 'organisations whose peers must have signed, at least', wholeNumber(4), 2)
    .option('--chaincode <name>', 'name of the chaincode', 'dualchain')
    .option('--json', 'write one JSON object', false)
    .addHelpText('after', EXAMPLES)
    .action((file: string, { roots, challenge, blockHash, endorsers, chaincode, json }: VerifyCommandOptions) => {
      const trusted = loadRoots(roots);
      const verification = verify(readPack(file), { roots: trusted, now: new Date(), endorsers, chaincode, challenge, blockHash });
      terminal.write(json ? `${JSON.stringify(verification, undefined, 2)}\n` : printVerification(verification, { pack: file, roots: trusted, from: roots, colour: terminal.colour }));
      exit(verification.verified ? 0 : 1);
    });
}

function readPack(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new DualchainError('INVALID_INPUT', `The pack cannot be read from ${file}: ${reasonOf(cause)}`, { details: { file }, cause });
  }
}
