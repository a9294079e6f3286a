import { findBinaries } from '../../network/src/fabric';
import { behaviours } from './behaviours';
import { observeAll } from './compare';

const found = findBinaries();
if ('missing' in found) process.stderr.write(`SKIP test/conformance: ${found.message}\n`);

('missing' in found ? describe.skip : describe)('the embedded engine behaves as real Fabric does', () => {
  let embedded: Map<string, string>;
  let fabric: Map<string, string>;

  beforeAll(async () => {
    embedded = await observeAll('embedded');
    fabric = await observeAll('fabric');
  }, 300_000);

  it.each(behaviours.map(({ name }) => name))('%s', (name) => {
    expect(embedded.get(name)).toBe(fabric.get(name));
  });
});
