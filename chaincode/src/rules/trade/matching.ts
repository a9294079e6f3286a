import { DualchainError, parseMinorUnits, parseQuantity, priceOf } from '@dualchain/model';
import type { ChannelPolicy, InvoiceTerms, OrderQuantities, OrderTerms, ShipmentSkeleton } from '@dualchain/model';
import { requirePositive, sumByLine, withinTolerance } from './quantities';

/** Why a line does not match. */
export type MatchException = 'LINE_NOT_ORDERED' | 'CURRENCY_DIFFERS' | 'UNIT_DIFFERS' | 'PRICE_DIFFERS' | 'QUANTITY_OVER_ORDER' | 'QUANTITY_OVER_RECEIPT';

/** A quantity of one, in scaled integers. */
const ONE = parseQuantity('1');

export type Tolerances = Pick<ChannelPolicy, 'priceToleranceBps' | 'quantityToleranceBps'>;

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

/**
 * Receipt-first is what the field calls evaluated receipt settlement, and the base of self-billing: the receipt is what
 * is invoiced. Each named shipment was taken in. Throws EVIDENCE_MISSING.
 */
export function requireReceipts(order: OrderTerms, shipments: readonly ShipmentSkeleton[]): void {
  if (order.matchPolicy !== 'receipt-first') return;
  const waiting = shipments.find(({ state }) => state !== 'received' && state !== 'partly received');
  if (shipments.length === 0 || waiting !== undefined) {
    throw new DualchainError('EVIDENCE_MISSING', `The order is invoiced after receipt: ${waiting === undefined ? 'name the shipments that were received' : `shipment ${waiting.id} is ${waiting.state}`}.`, { details: { shipmentId: waiting?.id ?? null } });
  }
}

/** Throws INVALID_INPUT unless the buyer may write the invoice: the supplier agreed to it with an order that is invoiced on receipt. */
export function requireSelfBilled(orderId: string, order: OrderTerms): void {
  if (order.matchPolicy !== 'receipt-first') throw new DualchainError('INVALID_INPUT', `The order ${orderId} is not invoiced on receipt; its supplier writes the invoice.`, { details: { orderId } });
}

/**
 * Compares an invoice with order and receipts, line by line. Two-way: what a line costs, at most the ordered price of
 * its quantity and the price tolerance, and the quantity, at most what was ordered and the quantity tolerance, less what
 * earlier invoices took. Three-way: the accepted quantity too, which had its tolerance at the receipt. Receipt-first: as
 * three-way, without a price tolerance. Less than ordered is no exception. An empty list is a match.
 */
export function matchInvoice(invoice: InvoiceTerms, order: OrderTerms, quantities: OrderQuantities, { priceToleranceBps, quantityToleranceBps }: Tolerances): { line: number; code: MatchException }[] {
  const exceptions: { line: number; code: MatchException }[] = [];
  const wanted = sumByLine(invoice.lines, (line) => line.quantity);
  for (const { line, unit, quantity, amount } of invoice.lines) {
    const add = (code: MatchException) => exceptions.push({ line, code });
    const ordered = order.lines.find((each) => each.line === line);
    const progress = quantities.lines.find((each) => each.line === line);
    if (invoice.currency !== order.currency) add('CURRENCY_DIFFERS');
    if (ordered === undefined || progress === undefined) {
      add('LINE_NOT_ORDERED');
      continue;
    }
    if (ordered.unit !== unit) add('UNIT_DIFFERS');
    const tolerance = order.matchPolicy === 'receipt-first' ? 0 : priceToleranceBps;
    if (invoice.currency === order.currency && !withinTolerance(parseMinorUnits(amount) * ONE, parseQuantity(quantity) * parseMinorUnits(ordered.unitPrice), tolerance)) add('PRICE_DIFFERS');
    const total = parseQuantity(progress.invoiced) + (wanted.get(line) ?? 0n);
    if (!withinTolerance(total, parseQuantity(ordered.quantity), quantityToleranceBps)) add('QUANTITY_OVER_ORDER');
    if (order.matchPolicy !== 'two-way' && total > parseQuantity(progress.accepted)) add('QUANTITY_OVER_RECEIPT');
  }
  return exceptions;
}

/**
 * An order that is invoiced on receipt has no exceptions: an invoice that says more than order and receipts is refused.
 * Throws QUANTITY_EXCEEDED, AMOUNT_MISMATCH, INVALID_INPUT; none names a figure.
 */
export function requireAsReceived(order: OrderTerms, exceptions: readonly { readonly line: number; readonly code: MatchException }[]): void {
  const [first] = exceptions;
  if (order.matchPolicy !== 'receipt-first' || first === undefined) return;
  const code = first.code.startsWith('QUANTITY') ? 'QUANTITY_EXCEEDED' : first.code === 'PRICE_DIFFERS' ? 'AMOUNT_MISMATCH' : 'INVALID_INPUT';
  throw new DualchainError(code, `The order is invoiced on receipt, and line ${first.line} is not what was ordered and received (${first.code}); correct the invoice.`, { details: { exceptions } });
}
