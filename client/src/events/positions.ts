import { invalidParameter } from '../submission/plan';

/** A block number as applications give it. Throws INVALID_INPUT. */
export function toBlockNumber(value: unknown, path: string): bigint {
  if (typeof value === 'bigint' && value >= 0n && value < 2n ** 64n) return value;
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return BigInt(value);
  throw invalidParameter(path, 'must be a block number, a whole number from 0');
}
