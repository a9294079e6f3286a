import { canonicalId, DualchainError } from '@dualchain/model';
import type { DepositSkeleton, EventLinks, EventRecord, ReceiptGoods, ReceiptPledgeSkeleton, ReceiptSkeleton, SealedRecord, Stock } from '@dualchain/model';
import { causesThatHold, requireReceiptsNotFrozen, requireReportedEvents, requireSameContent } from '../../ledger';
import type { Call } from '../../ledger';
import { requireNoCause } from '../../rules/collateral/hold';
import { requireBoundGoods } from '../../rules/collateral/receipt';
import type { NewReceipt } from '../../rules/collateral/receipt';
import { depositIdOf, openStock, takeFrom } from '../../rules/collateral/stock';
import { linksOf } from '../../rules/trace/recall';
import { depositPolicy, lotReceiptPolicy, pledgePolicy, receiptPolicy } from './policies';

type Ledger = Pick<Call, 'state' | 'sealed'>;

export interface ProvedReceipt {
  readonly receipt: ReceiptSkeleton;
  readonly goods: ReceiptGoods;
}

/** Terms of a receipt from its opening, proved to stand with warehouse and owner. Two reads. Throws OPENING_REQUIRED, NOT_GENUINE. */
export async function proveGoods({ sealed }: Pick<Call, 'sealed'>, receipt: ReceiptSkeleton, others: readonly string[] = []): Promise<SealedRecord & ReceiptGoods> {
  return requireBoundGoods(receipt, await sealed.requireGenuine<ReceiptGoods>('receiptTerms', receipt.id, [receipt.warehouse, receipt.owner, ...others]));
}

/** Proves without an opening that warehouse and owner hold the same terms. Two reads. Throws NOT_GENUINE. */
export async function requireSharedGoods({ sealed }: Pick<Call, 'sealed'>, { id, warehouse, owner }: ReceiptSkeleton): Promise<void> {
  await sealed.requireShared('receiptTerms', id, [warehouse, owner]);
}

/** Content of a sealed record without what salts and names it. */
export function contentOf<Fields extends object>(record: SealedRecord & Fields): Fields {
  const { type: _type, id: _id, salt: _salt, ...fields } = record;
  return fields as unknown as Fields;
}

/** Throws FROZEN while an order freezes the receipt, RECALLED or HELD while the goods are worth nothing. Reads one, and as {@link causesThatHold}. */
export async function requireNotHeld(call: Pick<Call, 'state' | 'anchors' | 'at'>, receipt: ReceiptSkeleton): Promise<void> {
  await requireReceiptsNotFrozen(call, [receipt]);
  requireNoCause(receipt.id, await causesThatHold(call, receipt));
}

/** Writes a new receipt: terms for warehouse and owner, skeleton with its policy, its place among the receipts of the lot. One read, five writes. Throws ALREADY_EXISTS. */
export async function createReceipt({ state, sealed }: Ledger, receipt: NewReceipt, goods: ReceiptGoods): Promise<ReceiptSkeleton> {
  if ((await state.get('receipt', receipt.id)) !== undefined) requireSameContent('receipt', [receipt.id], null, null, false);
  const { root } = await sealed.seal('receiptTerms', receipt.id, { ...goods }, [receipt.warehouse, receipt.owner]);
  const skeleton = { ...receipt, root };
  await state.create('receipt', [receipt.id], skeleton, receiptPolicy(skeleton));
  await listReceipt({ state }, skeleton);
  return skeleton;
}

/** The receipt stands among the live ones of its lot and owner. Two writes. */
export async function listReceipt({ state }: Pick<Call, 'state'>, receipt: ReceiptSkeleton): Promise<void> {
  await state.create('lotReceipt', [receipt.lot, receipt.owner, receipt.id], { receiptId: receipt.id }, lotReceiptPolicy(receipt));
}

/** It does so no longer. One write. */
export async function unlistReceipt({ state }: Pick<Call, 'state'>, { lot, owner, id }: ReceiptSkeleton): Promise<void> {
  await state.remove('lotReceipt', lot, owner, id);
}

/** Writes a receipt that exists, with the policy that guards it now. Two writes. */
export async function storeReceipt({ state }: Pick<Call, 'state'>, receipt: ReceiptSkeleton): Promise<void> {
  await state.update('receipt', [receipt.id], receipt, receiptPolicy(receipt));
}

/** Writes a pledge that exists, with the policy that guards it now. Two writes. */
export async function storePledge({ state }: Pick<Call, 'state'>, pledge: ReceiptPledgeSkeleton): Promise<void> {
  await state.update('receiptPledge', [pledge.id], pledge, pledgePolicy(pledge));
}

/** A pledge and its receipt. Two reads. Throws NOT_FOUND. */
export async function requirePledge({ state }: Pick<Call, 'state'>, id: string): Promise<{ pledge: ReceiptPledgeSkeleton; receipt: ReceiptSkeleton }> {
  const pledge = await state.require('receiptPledge', id);
  return { pledge, receipt: await state.require('receipt', pledge.receiptId) };
}

/** Canonical form of a lot's id. Throws INVALID_INPUT. */
export function lotOf(lot: string): string {
  return canonicalId(lot);
}

/** Events that an organisation itself reported. One read an event, two a batch. Throws EVIDENCE_MISSING. */
export async function eventsOf(call: Pick<Call, 'state' | 'anchors'>, eventIds: readonly string[], reporter: string): Promise<EventLinks[]> {
  return (await requireReportedEvents(call, eventIds, reporter)).map((event: EventRecord) => linksOf(event));
}

export interface Delivery {
  readonly eventId: string;
  readonly lot: string;
  readonly warehouse: string;
  readonly depositor: string;
  /** The goods cannot have come earlier. */
  readonly notBefore?: string;
}

/**
 * Takes a quantity out of what a receiving event brought. The first receipt over a delivery opens its stock record, each
 * other renews it, so that two receipts over one delivery conflict and their sum never passes it. Reads: one for the
 * delivery and three for its event, or two for the stock; writes 4.
 * Throws EVIDENCE_MISSING, QUANTITY_EXCEEDED, OPENING_REQUIRED, NOT_GENUINE, NOT_A_PARTY.
 */
export async function takeFromDelivery(call: Pick<Call, 'state' | 'sealed' | 'anchors' | 'at'>, { eventId, lot, warehouse, depositor, notBefore }: Delivery, quantity: string, unit: string): Promise<string> {
  const id = depositIdOf(eventId, lot);
  const standing = await call.state.get('deposit', id);
  if (standing !== undefined && standing.depositor !== depositor) throw new DualchainError('NOT_A_PARTY', `What the event ${eventId} brought of the lot ${lot} was deposited by ${standing.depositor}, not by ${depositor}; name a delivery of ${depositor}.`, { details: { eventId, lot, depositor } });
  const [event] = await eventsOf(call, [eventId], warehouse);
  if (event === undefined) throw new RangeError('An event that was proved is there.');
  // The event is read again for each receipt: it may have been declared an error since.
  const opened = openStock(event, lot, warehouse, depositor, notBefore);
  const stock = standing === undefined ? opened : await proveStock(call, standing);
  const { root } = await call.sealed.seal('stock', id, { ...takeFrom(stock, quantity, unit) }, [warehouse, depositor]);
  if (standing === undefined) await call.state.create('deposit', [id], { id, eventId, lot, warehouse, depositor, createdAt: call.at, root }, depositPolicy({ warehouse, depositor }));
  else await call.state.update('deposit', [id], { ...standing, root });
  return id;
}

/** The stock record of a delivery, proved to stand with warehouse and depositor. Two reads. Throws OPENING_REQUIRED, NOT_GENUINE. */
export async function proveStock({ sealed }: Pick<Call, 'sealed'>, { id, warehouse, depositor }: Pick<DepositSkeleton, 'id' | 'warehouse' | 'depositor'>): Promise<Stock> {
  return contentOf(await sealed.requireGenuine<Stock>('stock', id, [warehouse, depositor]));
}

/** Ids for the event of a transaction. */
export function idsOf(receipt: Pick<ReceiptSkeleton, 'id' | 'lot' | 'pledgeId' | 'proposal'>): Record<string, string> {
  const pledgeId = receipt.pledgeId ?? receipt.proposal?.pledgeId;
  return { receipt: receipt.id, lot: receipt.lot, ...(pledgeId === undefined ? {} : { receiptPledge: pledgeId }) };
}

