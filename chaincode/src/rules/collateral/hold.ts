import { DualchainError, parseContext } from '@dualchain/model';
import type { EventLinks, EventRecord, HoldCause, HoldHop, MemberRecord, ReceiptHold, ReceiptPledgeSkeleton, ReceiptSkeleton } from '@dualchain/model';
import { outcomeOf } from '../transition';
import { sourcesOf } from '../trace/recall';
import { receiptRow } from './receipt';

/** Dispositions (CBV 2.0) after which goods are worth nothing to a lender, and those that tell of a gap in custody. */
const spoilt = ['damaged', 'destroyed', 'disposed', 'expired', 'non_conformant', 'needs_replacement', 'mismatch_class'];
const astray = ['stolen', 'unknown', 'no_pedigree_match', 'mismatch_quantity', 'mismatch_instance'];

type Kind = ReceiptHold['kind'];

/** What an event says against goods: `limits` hold for the lot of the receipt itself, not for what it was made of. */
export function breachOf({ event, links }: { readonly event: EventRecord['event']; readonly links: EventLinks }, limits: ReceiptSkeleton['temperature']): Kind | undefined {
  const words = [...(links.disposition === undefined ? [] : [links.disposition]), ...(links.persistentDisposition?.set ?? [])];
  if (words.some((word) => spoilt.includes(word))) return 'condition';
  if (words.some((word) => astray.includes(word))) return 'custody';
  const reports = reportsOf(event['sensorElementList']);
  if (reports.some(({ exception }) => typeof exception === 'string' && wordOf(exception) === 'ALARM_CONDITION')) return 'temperature';
  if (limits === undefined) return undefined;
  const outside = reports.filter(({ type }) => typeof type === 'string' && wordOf(type) === 'Temperature').some((report) => ['value', 'minValue', 'maxValue'].some((field) => isOutside(report[field], report['uom'], limits)));
  return outside ? 'temperature' : undefined;
}

/**
 * Whether the way leads from what an event tells of to the lot: each hop carries goods of one lot into the next, not
 * earlier than the one before. `events` are those of the hops, in order.
 */
export function leadsTo(lot: string, told: EventLinks, way: readonly HoldHop[], events: readonly EventLinks[]): boolean {
  const [first] = way;
  if (!told.subjects.includes(first?.from ?? lot)) return false;
  let time = told.time;
  for (const [index, { from }] of way.entries()) {
    const event = events[index];
    const next = way[index + 1]?.from ?? lot;
    if (event === undefined || event.time < time || !sourcesOf(event).includes(from) || !sinksOf(event).includes(next)) return false;
    time = event.time;
  }
  return true;
}

/** Whose word counts: the keeper of the goods, whoever reported a hop, an inspector or the authority; nobody can hold the receipts of others by events of its own invention. */
export function mayTell(reporter: string, receipt: Pick<ReceiptSkeleton, 'warehouse' | 'carrier'>, hops: readonly Pick<EventRecord, 'reporter'>[], member: MemberRecord | undefined): boolean {
  if (reporter === receipt.warehouse || reporter === receipt.carrier || hops.some((hop) => hop.reporter === reporter)) return true;
  return member?.state === 'active' && member.roles.some((role) => role === 'inspector' || role === 'authority');
}

/** Causes that the receipt itself shows. */
export function causesOf({ goodsExpireAt, state, transit }: Pick<ReceiptSkeleton, 'goodsExpireAt' | 'state' | 'transit'>, at: string): HoldCause[] {
  const expired: HoldCause[] = goodsExpireAt !== undefined && at >= goodsExpireAt ? [{ kind: 'expiry', at: goodsExpireAt }] : [];
  return state === 'in transit' && transit !== undefined && at >= transit.dueAt ? [...expired, { kind: 'custody', at: transit.dueAt }] : expired;
}

/** Throws RECALLED where a recall is the cause, else HELD, naming the causes. */
export function requireNoCause(id: string, causes: readonly HoldCause[]): void {
  const [first] = causes;
  if (first === undefined) return;
  const kinds = [...new Set(causes.map(({ kind }) => kind))];
  throw new DualchainError(kinds.includes('recall') ? 'RECALLED' : 'HELD', `The goods of receipt ${id} are worth nothing now (${kinds.join(', ')}); have the cause removed first.`, { details: { receiptId: id, causes } });
}

/** The receipt as it is held. Throws WRONG_STATE, EVIDENCE_MISSING where there is no cause. */
export function holdReceipt(receipt: ReceiptSkeleton, causes: readonly HoldCause[], caller: string, at: string): ReceiptSkeleton {
  const row = receiptRow(receipt, 'holdReceipt', caller);
  if (causes.length === 0) throw new DualchainError('EVIDENCE_MISSING', `Nothing on the ledger speaks against the goods of receipt ${receipt.id}; name the event that does.`, { details: { receiptId: receipt.id } });
  return { ...receipt, state: row.to, hold: receipt.hold ?? { at, prior: receipt.state } };
}

/** The receipt as it was before the hold. Throws WRONG_STATE, and RECALLED or HELD while a cause stands. */
export function releaseHold(receipt: ReceiptSkeleton, causes: readonly HoldCause[], caller: string): ReceiptSkeleton {
  const row = receiptRow(receipt, 'releaseHold', caller);
  requireNoCause(receipt.id, causes);
  const { hold, ...rest } = receipt;
  return { ...rest, state: outcomeOf(row, hold?.prior ?? row.to) };
}

/** Whether a pledge's margin call has no other reason than the hold. */
export function isCalledForHold({ state, marginCall }: Pick<ReceiptPledgeSkeleton, 'state' | 'marginCall'>): boolean {
  return state === 'margin call' && marginCall?.reason === 'held';
}

/** The links of an event that stands on the ledger need its own context. */
export const contextOf = ({ context }: Pick<EventRecord, 'context'>) => parseContext(context);

function sinksOf(links: EventLinks): string[] {
  if (links.type === 'TransformationEvent') return [...links.outputs, ...links.outputQuantities.map(({ id }) => id)];
  return links.parent === undefined ? [] : [links.parent];
}

type Report = Readonly<Record<string, unknown>>;

function reportsOf(elements: unknown): Report[] {
  if (!Array.isArray(elements)) return [];
  return elements.flatMap((element: unknown) => {
    const reports = isRecord(element) ? element['sensorReport'] : undefined;
    return Array.isArray(reports) ? reports.filter(isRecord) : [];
  });
}

function isRecord(value: unknown): value is Report {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The bare word behind a prefix or a URI. */
function wordOf(text: string): string {
  return text.split(/[/:#-]/).at(-1) ?? text;
}

function isOutside(value: unknown, uom: unknown, { min, max }: { readonly min: number; readonly max: number }): boolean {
  if (typeof value !== 'number') return false;
  const celsius = uom === 'CEL' ? value : uom === 'FAH' ? ((value - 32) * 5) / 9 : uom === 'KEL' ? value - 273.15 : undefined;
  return celsius !== undefined && (celsius * 10 < min || celsius * 10 > max);
}
