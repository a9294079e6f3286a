import { DualchainError, formatQuantity, parseQuantity } from '@dualchain/model';
import type { OrderQuantities, OrderTerms } from '@dualchain/model';

type Line = OrderQuantities['lines'][number];
type Count = 'shipped' | 'accepted' | 'invoiced';

/** Full in basis points. */
const FULL = 10_000n;

/** Nothing shipped, accepted or invoiced yet. */
export function openQuantities(terms: OrderTerms): OrderQuantities {
  return { lines: terms.lines.map(({ line, gtin, unit, quantity }) => ({ line, gtin, unit, ordered: quantity, shipped: '0', accepted: '0', invoiced: '0' })) };
}

/** The order's line. Throws INVALID_INPUT where there is none or the unit differs. */
export function lineOf(quantities: OrderQuantities, line: number, unit: string): Line {
  const found = quantities.lines.find((each) => each.line === line);
  if (found === undefined) throw new DualchainError('INVALID_INPUT', `The order has no line ${line}.`, { details: { line } });
  if (found.unit !== unit) throw new DualchainError('INVALID_INPUT', `Line ${line} is in another unit than the order; convert it.`, { details: { line } });
  return found;
}

/** Adds amounts to one count of the lines. */
export function addTo(quantities: OrderQuantities, count: Count, amounts: ReadonlyMap<number, bigint>): OrderQuantities {
  return { lines: quantities.lines.map((line) => ({ ...line, [count]: formatQuantity(parseQuantity(line[count]) + (amounts.get(line.line) ?? 0n)) })) };
}

/** Sums by order line, in scaled integers. */
export function sumByLine<Item extends { readonly line: number }>(items: readonly Item[], quantityOf: (item: Item) => string): Map<number, bigint> {
  const sums = new Map<number, bigint>();
  for (const item of items) sums.set(item.line, (sums.get(item.line) ?? 0n) + parseQuantity(quantityOf(item)));
  return sums;
}

/** Whether `value` is at most `limit` and the tolerance in basis points on top. */
export function withinTolerance(value: bigint, limit: bigint, toleranceBps: number): boolean {
  return value * FULL <= limit * (FULL + BigInt(toleranceBps));
}

/** Whether `value` reaches `target`, less the tolerance in basis points. */
export function reaches(value: bigint, target: bigint, toleranceBps: number): boolean {
  return value * FULL >= target * (FULL - BigInt(Math.min(toleranceBps, 10_000)));
}

/** Throws INVALID_INPUT, naming the line but no figure: quantities are sealed. */
export function requirePositive(quantity: string, line: number): void {
  if (parseQuantity(quantity) === 0n) throw new DualchainError('INVALID_INPUT', `Line ${line} has the quantity zero; leave it out.`, { details: { line } });
}
