import { canonicalJson, countOf, DualchainError, formatQuantity, parseQuantity, sha256Hex } from '@dualchain/model';
import type { EventLinks, Stock } from '@dualchain/model';

/** Business steps (CBV 2.0) by which a warehouse shows that it took goods in. */
const storing = ['receiving', 'accepting', 'storing'];

/** Id of what one receiving event brought of one lot. */
export function depositIdOf(eventId: string, lot: string): string {
  return sha256Hex(canonicalJson([eventId, lot]));
}

/** What the warehouse's event brought of the lot; nothing of it is in a receipt yet. Throws EVIDENCE_MISSING. */
export function openStock(event: EventLinks, lot: string, warehouse: string, depositor: string, notBefore = ''): Stock {
  const { received, unit } = receivedBy(event, lot, notBefore);
  return { warehouse, depositor, lot, unit, received: formatQuantity(received), receipted: '0' };
}

/** Takes a quantity for a receipt. Throws INVALID_INPUT, QUANTITY_EXCEEDED; no figure is told. */
export function takeFrom(stock: Stock, quantity: string, unit: string): Stock {
  if (unit !== stock.unit) throw new DualchainError('INVALID_INPUT', `The receiving event counts the lot ${stock.lot} in another unit; use that unit.`, { details: { lot: stock.lot } });
  const wanted = parseQuantity(quantity);
  if (wanted <= 0n) throw new DualchainError('INVALID_INPUT', 'A receipt must be over more than nothing.');
  const receipted = parseQuantity(stock.receipted) + wanted;
  if (receipted > parseQuantity(stock.received)) throw new DualchainError('QUANTITY_EXCEEDED', `The receiving event brought less of the lot ${stock.lot} than this receipt and those before it are over; a quantity is in one receipt only.`, { details: { lot: stock.lot } });
  return { ...stock, receipted: formatQuantity(receipted) };
}

/** Gives the quantity of a receipt that never became active back. Throws NOT_GENUINE. */
export function giveBack(stock: Stock, quantity: string): Stock {
  const receipted = parseQuantity(stock.receipted) - parseQuantity(quantity);
  if (receipted < 0n) throw new DualchainError('NOT_GENUINE', `The receipts over the lot ${stock.lot} add up to less than this one; the stock record is not theirs.`, { details: { lot: stock.lot } });
  return { ...stock, receipted: formatQuantity(receipted) };
}

function receivedBy(event: EventLinks, lot: string, notBefore: string): { received: bigint; unit: string } {
  const { bizStep, action, time } = event;
  if (!storing.includes(bizStep ?? '') || action === 'DELETE') throw missing(`An event of the business step ${bizStep ?? '(none)'} does not show that the warehouse took goods in; name one with the step ${storing.join(', ')}.`, { bizStep: bizStep ?? null });
  if (time < notBefore) throw missing(`The event at ${time} is earlier than the dispatch at ${notBefore}.`, { time, notBefore });
  const [counted, ...others] = countOf(event, lot) ?? [];
  if (counted === undefined || others.length > 0) throw missing(`The receiving event does not say in one unit how much of the lot ${lot} it brought; capture one that does, with at most six decimals.`, { lot });
  const [unit, received] = counted;
  return { received, unit };
}

function missing(message: string, details: Record<string, unknown>): DualchainError {
  return new DualchainError('EVIDENCE_MISSING', message, { details });
}
