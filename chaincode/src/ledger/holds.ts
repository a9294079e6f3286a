import { DualchainError } from '@dualchain/model';
import type { EventRecord, HoldCause, HoldHop, ReceiptHold, ReceiptSkeleton } from '@dualchain/model';
import { breachOf, causesOf, leadsTo, mayTell } from '../rules/collateral/hold';
import { linksOf } from '../rules/trace/recall';
import type { Call } from './call';
import { isDeclared, requireReportedEvents, standingFlags } from './evidence';
import { memberOf } from './members';

/** Events that may hold one receipt. */
const MAX_HOLDS = 100;

type Reader = Pick<Call, 'state' | 'anchors' | 'at'>;

/**
 * Every cause for which the goods of a receipt are worth nothing now (finance.md, "Where the chains meet"). Nothing of it
 * is believed because it was written: a recall counts by its flags, an event by its reporter's anchor and by the way that
 * leads from what it tells of to the lot. So clearing a recall, or declaring an event an error, removes exactly what that
 * alone caused. Reads: two for the deposit and its event, those of a lot's recall flags, and for each event that holds the
 * receipt three, and three a hop. Throws TOO_LARGE.
 */
export async function causesThatHold(reader: Reader, receipt: ReceiptSkeleton): Promise<HoldCause[]> {
  const causes = [...causesOf(receipt, reader.at)];
  const deposit = await reader.state.get('deposit', receipt.depositId);
  const delivery = deposit === undefined ? undefined : await reader.state.get('event', deposit.eventId);
  if (delivery === undefined || isDeclared(delivery)) causes.push({ kind: 'evidence', id: deposit?.eventId ?? receipt.depositId, at: delivery?.capturedAt ?? receipt.createdAt });
  for (const { recallId, at } of await standingFlags(reader, receipt.lot)) if (!causes.some(({ id }) => id === recallId)) causes.push({ kind: 'recall', id: recallId, at });
  const rows = await reader.state.scan('receiptHold', [receipt.id], MAX_HOLDS + 1);
  if (rows.length > MAX_HOLDS) throw new DualchainError('TOO_LARGE', `More than ${MAX_HOLDS} events hold the receipt ${receipt.id}; let their reporters declare those that are errors.`, { details: { receiptId: receipt.id } });
  for (const { value } of rows) {
    const hold = await proveHold(reader, receipt, value.eventId, value.way);
    if (hold !== undefined) causes.push({ kind: hold.kind, id: value.eventId, at: value.at });
  }
  return causes;
}

/** The hold that an event is, by its proof; undefined where it proves nothing against these goods. Three reads an event. */
export async function proveHold(reader: Reader, receipt: ReceiptSkeleton, eventId: string, way: readonly HoldHop[]): Promise<ReceiptHold | undefined> {
  const told = await genuineEvent(reader, eventId);
  if (told === undefined) return undefined;
  const hops: EventRecord[] = [];
  for (const hop of way) {
    const event = await genuineEvent(reader, hop.eventId);
    if (event === undefined) return undefined;
    hops.push(event);
  }
  const links = linksOf(told);
  if (!leadsTo(receipt.lot, links, way, hops.map(linksOf))) return undefined;
  if (!mayTell(told.reporter, receipt, hops, await memberOf(reader.state, told.reporter))) return undefined;
  const kind = breachOf({ event: told.event, links }, way.length === 0 ? receipt.temperature : undefined);
  return kind === undefined ? undefined : { receiptId: receipt.id, eventId, reporter: told.reporter, kind, way, at: reader.at };
}

async function genuineEvent(reader: Reader, eventId: string): Promise<EventRecord | undefined> {
  const event = await reader.state.get('event', eventId);
  if (event === undefined) return undefined;
  try {
    return (await requireReportedEvents(reader, [eventId], event.reporter))[0];
  } catch (error) {
    if (error instanceof DualchainError && error.code === 'EVIDENCE_MISSING') return undefined;
    throw error;
  }
}
