import { DualchainError } from '@dualchain/model';
import type { HoldingTerms } from '@dualchain/model';

/** Units of a certificate, numbered from 1: the closed range `from`…`to`, in minor units. */
export interface Range {
  readonly from: bigint;
  readonly to: bigint;
}

export function rangeOf({ from, to }: Pick<HoldingTerms, 'from' | 'to'>): Range {
  return { from: BigInt(from), to: BigInt(to) };
}

/** As it stands in a sealed record. */
export function formatRange({ from, to }: Range): Pick<HoldingTerms, 'from' | 'to'> {
  return { from: from.toString(), to: to.toString() };
}

/** Minor units in a range. */
export function sizeOf({ from, to }: Range): bigint {
  return to - from + 1n;
}

/** Cuts a range into parts of these sizes, in order, that partition it exactly. Throws AMOUNT_TOO_SMALL, AMOUNT_MISMATCH; neither names a figure. */
export function splitRange(range: Range, sizes: readonly bigint[]): Range[] {
  const parts: Range[] = [];
  let from = range.from;
  for (const size of sizes) {
    if (size < 1n) throw new DualchainError('AMOUNT_TOO_SMALL', 'Each part must be at least one minor unit.');
    parts.push({ from, to: from + size - 1n });
    from += size;
  }
  if (from !== range.to + 1n) throw new DualchainError('AMOUNT_MISMATCH', 'The parts do not add up to the holding; choose amounts that do, to the minor unit.');
  return parts;
}

/** Joins ranges that follow one another without gap or overlap, given in any order. Throws AMOUNT_MISMATCH. */
export function joinRanges(ranges: readonly Range[]): Range {
  const sorted = [...ranges].sort(byStart);
  const [first, ...others] = sorted;
  if (first === undefined) throw new DualchainError('AMOUNT_MISMATCH', 'There is nothing to join.');
  let { to } = first;
  for (const next of others) {
    if (next.from !== to + 1n) throw new DualchainError('AMOUNT_MISMATCH', 'The holdings are not adjacent; merge those whose units follow one another.');
    ({ to } = next);
  }
  return { from: first.from, to };
}

/** Throws AMOUNT_MISMATCH unless the ranges, in any order, are exactly the units behind `covered` up to the face. */
export function requireCover(ranges: readonly Range[], face: bigint, covered = 0n): void {
  if (coverFrom(ranges, covered) !== face) throw notCovered();
}

/** Last unit of ranges, in any order, that go on behind the unit `covered` without gap or overlap. Throws AMOUNT_MISMATCH. */
export function coverFrom(ranges: readonly Range[], covered: bigint): bigint {
  let last = covered;
  for (const { from, to } of [...ranges].sort(byStart)) {
    if (from !== last + 1n || to < from) throw notCovered();
    last = to;
  }
  return last;
}

function notCovered(): DualchainError {
  return new DualchainError('AMOUNT_MISMATCH', 'These holdings do not cover the face of the certificate exactly; settle and name all of them, each once.');
}

function byStart(a: Range, b: Range): number {
  return a.from < b.from ? -1 : a.from > b.from ? 1 : 0;
}
