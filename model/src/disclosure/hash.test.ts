import * as fc from 'fast-check';
import { native, portable } from './hash';

const bytes = fc.uint8Array({ maxLength: 300 });

it("hashes with Node's own what other engines hash", () => {
  const fast = native();
  expect(fast).toBeDefined();
  fc.assert(
    fc.property(bytes, fc.array(bytes, { maxLength: 4 }), (key, parts) => {
      expect(Buffer.from(fast!.digest(...parts)).equals(portable.digest(...parts))).toBe(true);
      expect(Buffer.from(fast!.keyed(key, parts[0] ?? key)).equals(portable.keyed(key, parts[0] ?? key))).toBe(true);
    }),
  );
});
