import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { NetworkError } from '../errors';
import { findBinaries, requireBinaries } from './binaries';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'binaries-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function program(name: string, mode = 0o755): void {
  const file = path.join(folder, name);
  writeFileSync(file, '#!/bin/sh\n');
  chmodSync(file, mode);
}

it('takes the programs of FABRIC_BIN before those of PATH, and of PATH if FABRIC_BIN is not set', () => {
  for (const name of ['peer', 'orderer', 'configtxgen', 'osnadmin']) program(name);
  const expected = Object.fromEntries(['peer', 'orderer', 'configtxgen', 'osnadmin'].map((name) => [name, path.join(folder, name)]));
  expect(findBinaries({ FABRIC_BIN: folder, PATH: '/nowhere' })).toEqual(expected);
  expect(findBinaries({ PATH: `/nowhere${path.delimiter}${folder}` })).toEqual(expected);
});

it('names what is missing, both places to put it, and the engine that needs none', () => {
  program('peer');
  program('orderer', 0o644);
  let error: unknown;
  try {
    requireBinaries({ FABRIC_BIN: folder, PATH: '/nowhere' });
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(NetworkError);
  expect(error).toMatchObject({ code: 'BINARIES_MISSING', details: { missing: ['orderer', 'configtxgen', 'osnadmin'] } });
  const { message } = error as NetworkError;
  for (const word of ['FABRIC_BIN', 'PATH', 'embedded engine', folder]) expect(message).toContain(word);
  expect(message).not.toContain('\n');
});
