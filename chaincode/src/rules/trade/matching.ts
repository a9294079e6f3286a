import { DualchainError, parseMinorUnits, parseQuantity, priceOf } from '@dualchain/model';
import type { InvoiceTerms, OrderQuantities, OrderTerms, ShipmentSkeleton } from '@dualchain/model';
import { requirePositive, sumByLine } from './quantities';

/** Why a line does not match. */
export type MatchException = 'LINE_NOT_ORDERED' | 'UNIT_DIFFERS' | 'PRICE_DIFFERS' | 'QUANTITY_OVER_ORDER' | 'QUANTITY_OVER_RECEIPT';

/** Lines times prices and the total, exact to the minor unit. Throws AMOUNT_MISMATCH, INVALID_INPUT; none names a figure. */
export function requireExactAmounts(terms: InvoiceTerms): void {
  let sum = 0n;
  const seen = new Set<number>();
  for (const { line, quantity, unitPrice, amount } of terms.lines) {
    if (seen.has(line)) throw new DualchainError('INVALID_INPUT', `Line ${line} is there twice.`, { details: { line } });
    seen.add(line);
    requirePositive(quantity, line);
    if (priceOf(quantity, parseMinorUnits(unitPrice)) !== parseMinorUnits(amount)) throw new DualchainError('AMOUNT_MISMATCH', `Line ${line}: quantity times unit price is not the amount.`, { details: { line } });
    sum += parseMinorUnits(amount);
  }
  if (sum !== parseMinorUnits(terms.total)) throw new DualchainError('AMOUNT_MISMATCH', 'The lines do not add up to the total.');
}

/** Throws EVIDENCE_MISSING where the order wants the goods first and a shipment is not taken in yet. */
export function requireReceipts(order: OrderTerms, shipments: readonly ShipmentSkeleton[]): void {
  if (order.matchPolicy !== 'receipt-first') return;
  const waiting = shipments.find(({ state }) => state !== 'received' && state !== 'partly received');
  if (shipments.length === 0 || waiting !== undefined) {
    throw new DualchainError('EVIDENCE_MISSING', `The order is invoiced after receipt: ${waiting === undefined ? 'name the shipments that were received' : `shipment ${waiting.id} is ${waiting.state}`}.`, { details: { shipmentId: waiting?.id ?? null } });
  }
}

/**
 * Compares an invoice with order and receipts, line by line (two-way: price and ordered quantity; three-way and
 * receipt-first: the accepted quantity too), less what earlier invoices took. An empty list is a match.
 */
export function matchInvoice(invoice: InvoiceTerms, order: OrderTerms, quantities: OrderQuantities): { line: number; code: MatchException }[] {
  const exceptions: { line: number; code: MatchException }[] = [];
  const wanted = sumByLine(invoice.lines, (line) => line.quantity);
  for (const { line, unit, unitPrice } of invoice.lines) {
    const add = (code: MatchException) => exceptions.push({ line, code });
    const ordered = order.lines.find((each) => each.line === line);
    const progress = quantities.lines.find((each) => each.line === line);
    if (ordered === undefined || progress === undefined) {
      add('LINE_NOT_ORDERED');
      continue;
    }
    if (ordered.unit !== unit) add('UNIT_DIFFERS');
    if (parseMinorUnits(ordered.unitPrice) !== parseMinorUnits(unitPrice)) add('PRICE_DIFFERS');
    const total = parseQuantity(progress.invoiced) + (wanted.get(line) ?? 0n);
    if (total > parseQuantity(ordered.quantity)) add('QUANTITY_OVER_ORDER');
    if (order.matchPolicy !== 'two-way' && total > parseQuantity(progress.accepted)) add('QUANTITY_OVER_RECEIPT');
  }
  return exceptions;
}
