import { createReadStream, readdirSync, readFileSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import readline from 'node:readline';
import { DualchainError } from '@dualchain/model';
import { common } from '@hyperledger/fabric-protos';
import { LedgerFileReader } from '../audit/evidence';
import { connect } from '../connect';
import { decodeBlock } from '../events/decode-block';
import type { LedgerBlock } from '../events/decode-block';

/** One organisation's ledger, wherever it comes from. */
export interface LedgerSource {
  /** How the report calls it: the profile, the file, the folder. */
  readonly name: string;
  /** Whose private data comes with it; empty: nobody's. */
  readonly mspId: string;
  readonly chaincode: string;
  /** From the first block on. Throws INVALID_INPUT. */
  blocks(): AsyncIterable<LedgerBlock>;
}

export interface SourceOptions {
  readonly profiles: readonly string[];
  readonly user: string;
  /** Ledger files, block files, and folders of them. */
  readonly files: readonly string[];
  /** Chaincode whose keys count in plain block files. */
  readonly chaincode: string;
}

const LEDGER_FILE = '.ledger';

/** Opens what a command line names; several plain block files are one ledger. Throws INVALID_INPUT, INVALID_PROFILE. */
export async function openSources({ profiles, user, files, chaincode }: SourceOptions): Promise<LedgerSource[]> {
  const sources: LedgerSource[] = [];
  for (const profile of profiles) sources.push(await fromProfile(profile, user));
  const loose: string[] = [];
  for (const file of files) {
    if (!statOf(file).isDirectory()) {
      if (await isLedgerFile(file)) sources.push(await fromLedgerFile(file));
      else loose.push(file);
      continue;
    }
    const inside = readdirSync(file).filter((name) => !name.startsWith('.')).sort().map((name) => path.join(file, name)).filter((name) => statOf(name).isFile());
    const ledgers = inside.filter((name) => name.endsWith(LEDGER_FILE));
    if (inside.length === 0) throw new DualchainError('INVALID_INPUT', `There is no file in ${file}.`, { details: { file } });
    if (ledgers.length === 0) sources.push(fromBlockFiles(file, inside, chaincode));
    else for (const ledger of ledgers) sources.push(await fromLedgerFile(ledger));
  }
  if (loose.length > 0) sources.push(fromBlockFiles(loose.length === 1 ? (loose[0] ?? '') : `${loose.length} block files`, loose, chaincode));
  if (sources.length === 0) throw new DualchainError('INVALID_INPUT', 'Nothing to audit: name a profile (--profile network/out/bank --user auditor) or files that "dualchain audit export" or "peer channel fetch" wrote.');
  return sources;
}

async function fromProfile(profile: string, user: string): Promise<LedgerSource> {
  const dualchain = await connect({ profile, user });
  const { mspId, chaincode } = dualchain;
  return {
    name: profile,
    mspId,
    chaincode,
    async *blocks() {
      try {
        yield* dualchain.events.blocks({ from: 0n, to: 'latest' });
      } finally {
        dualchain.close();
      }
    },
  };
}

async function fromLedgerFile(file: string): Promise<LedgerSource> {
  const header = await firstLine(file);
  return {
    name: file,
    mspId: header.mspId,
    chaincode: header.chaincode,
    async *blocks() {
      const reader = new LedgerFileReader(file);
      for await (const line of readline.createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
        const block = reader.read(line);
        if (block !== undefined) yield block;
      }
      reader.end();
    },
  };
}

async function firstLine(file: string): Promise<{ readonly mspId: string; readonly chaincode: string }> {
  const reader = new LedgerFileReader(file);
  const lines = readline.createInterface({ input: createReadStream(file), crlfDelay: Infinity });
  for await (const line of lines) {
    reader.read(line);
    break;
  }
  lines.close();
  if (reader.header === undefined) throw new DualchainError('INVALID_INPUT', `${file} is empty.`, { details: { file } });
  return reader.header;
}

/** Files as `peer channel fetch` writes them: one common.Block each, no private data. */
function fromBlockFiles(name: string, files: readonly string[], chaincode: string): LedgerSource {
  const numbered = files.map((file) => ({ file, number: readBlock(file).getHeader()?.getNumber() ?? 0 })).sort((a, b) => a.number - b.number);
  return {
    name,
    mspId: '',
    chaincode,
    async *blocks() {
      for (const { file } of numbered) yield Promise.resolve(decodeBlock(readBlock(file)));
    },
  };
}

function readBlock(file: string): common.Block {
  try {
    const block = common.Block.deserializeBinary(readFileSync(file));
    if (block.getHeader() !== undefined && block.getData() !== undefined) return block;
  } catch (cause) {
    throw new DualchainError('INVALID_INPUT', `${file} is neither a ledger file nor a block: truncated, or something else.`, { details: { file }, cause });
  }
  throw new DualchainError('INVALID_INPUT', `${file} is neither a ledger file nor a block.`, { details: { file } });
}

/** A ledger file is lines of JSON; a block in Fabric's encoding begins with another byte. */
async function isLedgerFile(file: string): Promise<boolean> {
  const handle = await open(file, 'r');
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(1), 0, 1, 0);
    if (bytesRead === 0) throw new DualchainError('INVALID_INPUT', `${file} is empty.`, { details: { file } });
    return buffer[0] === '{'.charCodeAt(0) || file.endsWith(LEDGER_FILE);
  } finally {
    await handle.close();
  }
}

function statOf(file: string): ReturnType<typeof statSync> & object {
  try {
    return statSync(file);
  } catch (cause) {
    throw new DualchainError('INVALID_INPUT', `There is no file or folder ${file}.`, { details: { file }, cause });
  }
}
