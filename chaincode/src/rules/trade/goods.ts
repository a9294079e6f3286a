import { countOf, DualchainError, parseQuantity } from '@dualchain/model';
import type { EventLinks } from '@dualchain/model';

/** Business steps (CBV 2.0) that show what a party did with the goods. */
const shipping = ['shipping', 'departing'];
const arriving = ['arriving', 'unloading', 'accepting'];
const receiving = ['receiving', 'accepting'];

/**
 * The supplier's events ship exactly these lots: each event is a shipping step, each lot is named by one of them.
 * Returns the time of the first. Throws EVIDENCE_MISSING.
 */
export function requireShippingEvents(events: readonly EventLinks[], lots: readonly string[]): string {
  for (const event of events) {
    if (!shipping.includes(event.bizStep ?? '')) throw new DualchainError('EVIDENCE_MISSING', `An event of the business step ${event.bizStep ?? '(none)'} does not show a dispatch; name events with the step shipping.`, { details: { bizStep: event.bizStep ?? null } });
  }
  const lot = lots.find((each) => !events.some((event) => event.subjects.includes(each)));
  if (lot !== undefined) throw new DualchainError('EVIDENCE_MISSING', `No shipping event names the lot ${lot}; capture one.`, { details: { lot } });
  return events.map((event) => event.time).sort()[0] ?? '';
}

/**
 * No more of a lot leaves than the supplier's shipping events say (finance.md, invariant 16). What they do not count in the
 * unit of the line cannot be compared and is let pass. Throws QUANTITY_EXCEEDED; no figure is told.
 */
export function requireShippedQuantities(events: readonly EventLinks[], lines: readonly { readonly lot: string; readonly quantity: string; readonly unit: string }[]): void {
  for (const { lot, unit } of lines) {
    const counts = events.filter((event) => event.subjects.includes(lot)).map((event) => countOf(event, lot)?.get(unit));
    if (counts.includes(undefined)) continue;
    const shipped = counts.reduce<bigint>((sum, count = 0n) => sum + count, 0n);
    const carried = lines.reduce((sum, line) => (line.lot === lot && line.unit === unit ? sum + parseQuantity(line.quantity) : sum), 0n);
    if (carried > shipped) throw new DualchainError('QUANTITY_EXCEEDED', `The shipping events say that less of the lot ${lot} left; name all of them, or correct the quantity.`, { details: { lot } });
  }
}

/** The carrier's events bring these goods to their place, not before they left. Throws EVIDENCE_MISSING. */
export function requireArrivalEvents(events: readonly EventLinks[], goods: ReadonlySet<string>, shippedAt: string): void {
  requireEventsOf(events, goods, shippedAt, arriving, 'arrival');
}

/** The buyer's events take these goods in, not before they left. Throws EVIDENCE_MISSING. */
export function requireReceivingEvents(events: readonly EventLinks[], goods: ReadonlySet<string>, shippedAt: string): void {
  requireEventsOf(events, goods, shippedAt, receiving, 'receipt');
}

/** What the goods are called on their way: the lots, and the pallets or containers that the shipping events name beside them. */
export function goodsOf(lots: readonly string[], shippingEvents: readonly EventLinks[]): ReadonlySet<string> {
  return new Set([...lots, ...shippingEvents.flatMap((event) => event.subjects)]);
}

function requireEventsOf(events: readonly EventLinks[], goods: ReadonlySet<string>, shippedAt: string, steps: readonly string[], what: string): void {
  for (const event of events) {
    if (!event.subjects.some((subject) => goods.has(subject))) throw new DualchainError('EVIDENCE_MISSING', `An event at ${event.time} names none of the goods of this shipment.`, { details: { time: event.time } });
    if (event.time < shippedAt) throw new DualchainError('EVIDENCE_MISSING', `An event at ${event.time} is earlier than the dispatch at ${shippedAt}.`, { details: { time: event.time, shippedAt } });
  }
  if (!events.some((event) => steps.includes(event.bizStep ?? ''))) throw new DualchainError('EVIDENCE_MISSING', `None of the events shows the ${what}; name one with the business step ${steps.join(' or ')}.`, { details: { steps } });
}
