import { DualchainError, formatQuantity, parseQuantity } from '@dualchain/model';
import type { InvoiceTerms, OrderQuantities, OrderTerms } from '@dualchain/model';

type Line = OrderQuantities['lines'][number];
type Count = 'shipped' | 'returned' | 'accepted' | 'invoiced';

/** Full in basis points. */
const FULL = 10_000n;

/** Nothing shipped, accepted or invoiced yet. */
export function openQuantities(terms: OrderTerms): OrderQuantities {
  return { lines: terms.lines.map(({ line, gtin, unit, quantity }) => ({ line, gtin, unit, ordered: quantity, shipped: '0', returned: '0', accepted: '0', invoiced: '0' })) };
}

/** The order's line. Throws INVALID_INPUT where there is none or the unit differs. */
export function lineOf(quantities: OrderQuantities, line: number, unit: string): Line {
  const found = quantities.lines.find((each) => each.line === line);
  if (found === undefined) throw new DualchainError('INVALID_INPUT', `The order has no line ${line}.`, { details: { line } });
  if (found.unit !== unit) throw new DualchainError('INVALID_INPUT', `Line ${line} is in another unit than the order; convert it.`, { details: { line } });
  return found;
}

/** Handed to a carrier and not come back, in scaled integers. */
export function goneOut({ shipped, returned }: Pick<Line, 'shipped' | 'returned'>): bigint {
  return parseQuantity(shipped) - parseQuantity(returned);
}

/** Adds amounts (negative ones take off) to one count of the lines. */
export function addTo(quantities: OrderQuantities, count: Count, amounts: ReadonlyMap<number, bigint>): OrderQuantities {
  return { lines: quantities.lines.map((line) => ({ ...line, [count]: formatQuantity(parseQuantity(line[count]) + (amounts.get(line.line) ?? 0n)) })) };
}

type Billed = Pick<InvoiceTerms, 'lines'>;

/** What is invoiced, without some invoices and with others; the same object if that changes nothing. */
export function recount(quantities: OrderQuantities, without: readonly Billed[], plus: readonly Billed[]): OrderQuantities {
  const off = sumByLine(without.flatMap(({ lines }) => lines), (line) => line.quantity);
  const on = sumByLine(plus.flatMap(({ lines }) => lines), (line) => line.quantity);
  const delta = new Map([...off.keys(), ...on.keys()].map((line) => [line, (on.get(line) ?? 0n) - (off.get(line) ?? 0n)]));
  return [...delta.values()].every((change) => change === 0n) ? quantities : addTo(quantities, 'invoiced', delta);
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
