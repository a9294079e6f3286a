import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { NetworkError } from '../errors';

const names = ['peer', 'orderer', 'configtxgen', 'osnadmin'] as const;
type BinaryName = (typeof names)[number];

/** Absolute paths of the programs of Hyperledger Fabric that this engine runs. */
export type FabricBinaries = Readonly<Record<BinaryName, string>>;

/** What is not there, and one line that names the ways out. */
export interface MissingBinaries {
  readonly missing: readonly string[];
  readonly message: string;
}

/** Looks in the folder that `FABRIC_BIN` names (then nowhere else), otherwise along `PATH`. */
export function findBinaries(env: NodeJS.ProcessEnv = process.env): FabricBinaries | MissingBinaries {
  const own = env['FABRIC_BIN'];
  const folders = own === undefined || own === '' ? (env['PATH'] ?? '').split(path.delimiter).filter((folder) => folder !== '') : [own];
  const found = new Map<BinaryName, string>();
  for (const name of names) {
    const file = folders.map((folder) => path.resolve(folder, name)).find(isExecutable);
    if (file !== undefined) found.set(name, file);
  }
  const missing = names.filter((name) => !found.has(name));
  if (missing.length > 0) {
    const where = own === undefined || own === '' ? 'PATH' : `FABRIC_BIN (${own})`;
    return { missing, message: `Hyperledger Fabric is not here: no ${missing.join(', ')} in ${where}. Set FABRIC_BIN to a folder with Fabric's binaries, put them on PATH, or use the embedded engine, which needs none.` };
  }
  return { peer: found.get('peer') ?? '', orderer: found.get('orderer') ?? '', configtxgen: found.get('configtxgen') ?? '', osnadmin: found.get('osnadmin') ?? '' };
}

/** The binaries. Throws NetworkError BINARIES_MISSING with the line of `findBinaries`. */
export function requireBinaries(env: NodeJS.ProcessEnv = process.env): FabricBinaries {
  const found = findBinaries(env);
  if ('missing' in found) throw new NetworkError('BINARIES_MISSING', found.message, { missing: found.missing });
  return found;
}

/** Version of Fabric as its peer reports it, such as "3.1.5". */
export async function fabricVersion(binaries: FabricBinaries): Promise<string> {
  const { stdout } = await promisify(execFile)(binaries.peer, ['version'], { env: { PATH: process.env['PATH'] } });
  return /^\s*Version:\s*v?(\S+)/m.exec(stdout)?.[1] ?? 'unknown';
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
