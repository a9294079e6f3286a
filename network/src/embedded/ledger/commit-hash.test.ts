import { hex, sha256, utf8 } from '../protos';
import { BlockDigest, commitHash } from './commit-hash';

it('serializes updates in order, each name only where it changes', () => {
  const digest = new BlockDigest();
  digest.add('ns2', 'k', undefined, { blockNum: 256, txNum: 0 });
  digest.add('ns1', 'b', utf8('2'), { blockNum: 1, txNum: 1 });
  digest.add('ns1', 'a', utf8('1'), { blockNum: 1, txNum: 0 });
  digest.addHashed('ns1', 'c', 'ff', utf8('h'), { blockNum: 1, txNum: 0 });
  // KVWrite: namespace 1, collection 2, key 3, isDelete 4, value 5, version 6 (length and bytes of block and transaction).
  expect(hex(digest.serialize())).toBe(
    ['0a10', '0a036e7331', '1a0161', '2a0131', '3203010100', '0a0c', '1a0162', '2a0132', '320401010101', '0a0e', '120163', '1a01ff', '2a0168', '3203010100', '0a10', '0a036e7332', '1a016b', '2001', '320402010000'].join(''),
  );
});

it('chains codes, updates and the hash before', () => {
  const updates = Uint8Array.from([7]);
  const previous = Uint8Array.from([9]);
  expect(commitHash([0, 11], updates, previous)).toEqual(sha256(Uint8Array.from([2, 0, 11, 7, 9])));
  const many = new Array<number>(200).fill(0);
  expect(commitHash(many, updates, previous)).toEqual(sha256(Uint8Array.from([0xc8, 0x01, ...many, 7, 9])));
});
