import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { DualchainError } from '@dualchain/model';
import type { DisclosurePack } from '@dualchain/model';
import { reasonOf } from '../errors/system';
import { replaceFile } from '../replace-file';
import { parseRoots } from './verify';
import type { TrustedRoots } from './verify';

const ROOTS_FILE = 'roots.json';

/** Writes a pack as JSON, readable for its owner alone; the file appears under its name only when it is whole. Throws INVALID_INPUT. */
export async function saveDisclosure(file: string, pack: DisclosurePack): Promise<void> {
  await writeWhole(file, `${JSON.stringify(pack, undefined, 2)}\n`, 0o600);
}

/** Writes roots as JSON for whoever verifies. Throws INVALID_INPUT. */
export async function saveRoots(file: string, roots: TrustedRoots): Promise<void> {
  await writeWhole(file, `${JSON.stringify(roots, undefined, 2)}\n`, 0o644);
}

/**
 * Reads roots from a file that {@link saveRoots} wrote, or from a folder: either with such a file `roots.json` in it, or
 * with `members/<MSP id>.pem` and `orderers/<MSP id>.pem`, several certificates of one organisation in one file.
 * A folder of PEM files tells no peers from other users. Throws INVALID_INPUT.
 */
export function loadRoots(location: string): TrustedRoots {
  try {
    if (!statSync(location).isDirectory()) return parseRoots(readFileSync(location, 'utf8'));
    const file = path.join(location, ROOTS_FILE);
    if (existsSync(file)) return parseRoots(readFileSync(file, 'utf8'));
    return parseRoots({ format: 'dualchain-roots', version: 1, members: pemFolder(path.join(location, 'members')), orderers: pemFolder(path.join(location, 'orderers')) });
  } catch (cause) {
    if (cause instanceof DualchainError) throw new DualchainError(cause.code, `${location}: ${cause.message}`, { details: cause.details, cause });
    throw new DualchainError('INVALID_INPUT', `The roots cannot be read from ${location}: ${reasonOf(cause)}`, { details: { file: location }, cause });
  }
}

function pemFolder(folder: string): Record<string, { certificates: string[] }> {
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.pem')) : [];
  return Object.fromEntries(files.map((name) => [path.basename(name, '.pem'), { certificates: readFileSync(path.join(folder, name), 'utf8').match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [] }]));
}

async function writeWhole(file: string, text: string, mode: number): Promise<void> {
  try {
    await replaceFile(file, text, mode);
  } catch (cause) {
    throw new DualchainError('INVALID_INPUT', `${file} cannot be written: ${reasonOf(cause)}`, { details: { file }, cause });
  }
}
