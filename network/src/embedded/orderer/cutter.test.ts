import { BlockCutter } from './cutter';

const envelope = (bytes: number) => new Uint8Array(bytes);
const sizes = (batches: readonly (readonly Uint8Array[])[]) => batches.map((batch) => batch.map((each) => each.length));

it('cuts at the count', () => {
  const cutter = new BlockCutter({ maxMessageCount: 2, preferredMaxBytes: 100 });
  expect([sizes(cutter.add(envelope(1))), sizes(cutter.add(envelope(2)))]).toEqual([[], [[1, 2]]]);
  expect(cutter.isEmpty).toBe(true);
});

it('cuts before what would go over the preferred bytes', () => {
  const cutter = new BlockCutter({ maxMessageCount: 10, preferredMaxBytes: 10 });
  cutter.add(envelope(6));
  expect(sizes(cutter.add(envelope(5)))).toEqual([[6]]);
  expect(sizes([cutter.cut()])).toEqual([[5]]);
});

it('gives a message over the preferred bytes a block of its own', () => {
  const cutter = new BlockCutter({ maxMessageCount: 10, preferredMaxBytes: 10 });
  cutter.add(envelope(3));
  expect(sizes(cutter.add(envelope(11)))).toEqual([[3], [11]]);
  expect(cutter.isEmpty).toBe(true);
});
