import { ledger } from '@hyperledger/fabric-protos';
import { hex, sha256 } from '../protos';
import { kvRead, summarize } from './merkle';

const rows = (count: number) => Array.from({ length: count }, (_, index) => ({ key: `k${String(index).padStart(5, '0')}`, version: { blockNum: 1, txNum: index } }));

function hashOf(part: ReturnType<typeof rows>): Uint8Array {
  const reads = new ledger.rwset.kvrwset.QueryReads();
  reads.setKvReadsList(part.map(kvRead));
  return sha256(reads.serializeBinary());
}

it('lists up to 50 rows one by one', () => {
  expect(summarize(rows(50))).toBeUndefined();
});

it('hashes rows in groups of 51, the last group being what is left', () => {
  const all = rows(120);
  const summary = summarize(all);
  expect([summary?.maxDegree, summary?.maxLevel]).toEqual([50, 1]);
  expect(summary?.hashes.map(hex)).toEqual([all.slice(0, 51), all.slice(51, 102), all.slice(102)].map((part) => hex(hashOf(part))));
});

it('folds a level that overflows into one hash of the next, and lifts what is left over', () => {
  const all = rows(8);
  const leaves = [0, 3, 6].map((start) => hashOf(all.slice(start, start + 3)));
  const summary = summarize(all, 2);
  expect(summary?.maxLevel).toBe(2);
  expect(summary?.hashes.map(hex)).toEqual([hex(sha256(...leaves))]);
  const more = rows(11);
  const lone = hashOf(more.slice(9));
  expect(summarize(more, 2)?.hashes.map(hex)).toEqual([hex(sha256(...[0, 3, 6].map((start) => hashOf(more.slice(start, start + 3))))), hex(lone)]);
});

it('differs if one version differs', () => {
  const changed = rows(60).map((row, index) => (index === 30 ? { ...row, version: { blockNum: 2, txNum: 0 } } : row));
  expect(summarize(changed)?.hashes.map(hex)).not.toEqual(summarize(rows(60))?.hashes.map(hex));
});
