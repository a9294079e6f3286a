import { DualchainError } from '@dualchain/model';
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
