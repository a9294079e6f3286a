import { existsSync } from 'node:fs';
import path from 'node:path';

export const root = path.resolve(__dirname, '../..');

/** Real input beside the checkout, with licences of its own; not on every machine. */
export const sharedData = path.resolve(root, '../shared/data');

/** `describe` for a suite over real input: left out, with one line that says why, where it is absent. */
export function describeWithData(folder: string, suite: (directory: string) => void): void {
  const directory = path.join(sharedData, folder);
  if (existsSync(directory)) {
    describe(`real input ${folder}`, () => suite(directory));
    return;
  }
  process.stderr.write(`SKIP real input ${folder}: ${directory} is not on this machine\n`);
  describe.skip(`real input ${folder}`, () => suite(directory));
}
