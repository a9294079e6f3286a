import { DualchainError } from '@dualchain/model';
import type { EventLinks, ReceiptSkeleton } from '@dualchain/model';
import { outcomeOf, requireNotExpired } from '../transition';
import { receiptRow } from './receipt';

/** Steps (CBV 2.0) by which a carrier takes goods over, and by which it brings them. */
const taking = ['loading', 'accepting', 'receiving', 'departing', 'transporting', 'collecting'];
const bringing = ['arriving', 'unloading'];
const MAX_CUSTODY_EVENTS = 50;

export interface Dispatch {
  readonly carrier: string;
  readonly destination: string;
  readonly eventIds: readonly string[];
  readonly shippedAt: string;
  readonly dueAt: string;
  readonly at: string;
}

/** The warehouse hands the goods over. Throws NOT_A_PARTY, WRONG_STATE, INVALID_INPUT, EXPIRED. */
export function shipReceipt(receipt: ReceiptSkeleton, { carrier, destination, eventIds, shippedAt, dueAt, at }: Dispatch, caller: string): ReceiptSkeleton {
  const row = receiptRow(receipt, 'shipReceipt', caller);
  if ([receipt.warehouse, receipt.owner].includes(destination)) throw new DualchainError('INVALID_INPUT', `${destination} has a part in the receipt already; goods go to another warehouse, or are delivered to their owner.`, { details: { destination } });
  requireNotExpired('The transit', dueAt, at);
  return { ...receipt, state: row.to, carrier, destination, transit: { prior: receipt.state, shippedAt, dueAt, shippingEvents: [...eventIds], custodyEvents: [] } };
}

/** The carrier adds its events over these goods. Throws NOT_A_PARTY, WRONG_STATE, EVIDENCE_MISSING, TOO_LARGE. */
export function takeCustody(receipt: ReceiptSkeleton, eventIds: readonly string[], events: readonly EventLinks[], goods: ReadonlySet<string>, caller: string): ReceiptSkeleton {
  const row = receiptRow(receipt, 'takeCustody', caller);
  const { transit } = receipt;
  if (transit === undefined) throw new RangeError(`The receipt ${receipt.id} is in no transit.`);
  const stray = events.find((event) => event.time < transit.shippedAt || !event.subjects.some((subject) => goods.has(subject)));
  if (stray !== undefined) throw new DualchainError('EVIDENCE_MISSING', `The event at ${stray.time} is earlier than the dispatch at ${transit.shippedAt}, or names none of the goods of receipt ${receipt.id}.`, { details: { time: stray.time, receiptId: receipt.id } });
  const custodyEvents = [...new Set([...transit.custodyEvents, ...eventIds])];
  if (custodyEvents.length > MAX_CUSTODY_EVENTS) throw new DualchainError('TOO_LARGE', `A transit is shown by at most ${MAX_CUSTODY_EVENTS} custody events.`, { details: { receiptId: receipt.id } });
  return { ...receipt, state: row.to, transit: { ...transit, custodyEvents } };
}

/** Taken over and brought, both shown by the carrier: no gap in custody. Throws EVIDENCE_MISSING. */
export function requireCompleteCustody({ id, carrier }: Pick<ReceiptSkeleton, 'id' | 'carrier'>, events: readonly EventLinks[]): void {
  for (const [what, steps] of [['took the goods over', taking], ['brought them', bringing]] as const) {
    if (!events.some(({ bizStep }) => steps.includes(bizStep ?? ''))) throw new DualchainError('EVIDENCE_MISSING', `No event of ${carrier ?? ''} shows that it ${what}; it must name one with the step ${steps.join(' or ')} for the receipt ${id}.`, { details: { receiptId: id, steps } });
  }
}

/** The other warehouse answers for the goods from here; `depositId`: of its receiving event. Throws NOT_A_PARTY, WRONG_STATE. */
export function arriveReceipt(receipt: ReceiptSkeleton, depositId: string, caller: string): ReceiptSkeleton {
  const row = receiptRow(receipt, 'arriveReceipt', caller);
  const { transit, carrier: _carrier, destination: _destination, ...rest } = receipt;
  return { ...rest, state: outcomeOf(row, transit?.prior ?? row.to), warehouse: caller, depositId };
}
