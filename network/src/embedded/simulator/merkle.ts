import { ledger } from '@hyperledger/fabric-protos';
import type { ParsedRead } from '../validator/parse';
import { sha256 } from '../protos';

/** Fabric summarises range results above this many rows. */
export const MAX_DEGREE = 50;

export interface MerkleSummary {
  readonly maxDegree: number;
  readonly maxLevel: number;
  readonly hashes: readonly Uint8Array[];
}

/** Summary of the rows of a range, or undefined if they are few enough to be listed one by one. */
export function summarize(reads: readonly ParsedRead[], maxDegree = MAX_DEGREE): MerkleSummary | undefined {
  if (reads.length <= maxDegree) return undefined;
  const levels: Uint8Array[][] = [];
  const levelAt = (index: number) => (levels[index] ??= []);
  for (let start = 0; start < reads.length; start += maxDegree + 1) {
    levelAt(0).push(sha256(queryReads(reads.slice(start, start + maxDegree + 1))));
    // A level that overflows folds into one hash of the next.
    for (let index = 0; levelAt(index).length > maxDegree; index += 1) {
      levelAt(index + 1).push(sha256(...levelAt(index)));
      levels[index] = [];
    }
  }
  // Whatever is left over on lower levels moves up: a lone hash unchanged, several as one.
  let top = levels.length - 1;
  for (let index = 0; index < top; index += 1) {
    const [lone, ...others] = levelAt(index);
    if (lone === undefined) continue;
    levelAt(index + 1).push(others.length === 0 ? lone : sha256(lone, ...others));
    levels[index] = [];
  }
  if (levelAt(top).length > maxDegree) {
    levels[top + 1] = [sha256(...levelAt(top))];
    top += 1;
  }
  return { maxDegree, maxLevel: top + 1, hashes: levelAt(top) };
}

function queryReads(reads: readonly ParsedRead[]): Uint8Array {
  const message = new ledger.rwset.kvrwset.QueryReads();
  message.setKvReadsList(reads.map(kvRead));
  return message.serializeBinary();
}

export function kvRead({ key, version }: ParsedRead): ledger.rwset.kvrwset.KVRead {
  const read = new ledger.rwset.kvrwset.KVRead();
  read.setKey(key);
  if (version !== undefined) {
    const height = new ledger.rwset.kvrwset.Version();
    height.setBlockNum(version.blockNum);
    height.setTxNum(version.txNum);
    read.setVersion(height);
  }
  return read;
}
