import type { SealedRecord } from '@dualchain/model';

/** A whole number that a sealed record says, such as an amount in minor units; undefined where there is no such record or field. */
export function numberIn(record: SealedRecord | undefined, field: string): bigint | undefined {
  const value = record?.[field];
  return typeof value === 'string' && /^[0-9]+$/.test(value) ? BigInt(value) : undefined;
}
