import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../support/data';

interface Mutant {
  readonly id: string;
  readonly what: string;
  readonly file: string;
  readonly find: string;
  readonly replace: string;
  readonly caughtBy: readonly string[];
}
const mutants: readonly Mutant[] = jest.requireActual('./mutants.cjs');

/** `npm run test:mutants` puts them in and sees them caught; this keeps the list true to the code. */
describe('deliberate faults', () => {
  it('are at least 25, each with an id of its own', () => {
    expect(mutants.length).toBeGreaterThanOrEqual(25);
    expect(new Set(mutants.map(({ id }) => id)).size).toBe(mutants.length);
  });

  it.each(mutants)('$id: $what', ({ file, find, replace, caughtBy }) => {
    expect(readFileSync(path.join(root, file), 'utf8').split(find).length - 1).toBe(1);
    expect(replace).not.toBe(find);
    expect(caughtBy.filter((test) => !existsSync(path.join(root, test)))).toEqual([]);
    expect(caughtBy).not.toHaveLength(0);
  });
});
