import { DualchainError, formatQuantity, parseQuantity, receiptTable } from '@dualchain/model';
import type { ReceiptGoods, ReceiptSkeleton, ReceiptState, Transition } from '@dualchain/model';
import { outcomeOf, requireNotExpired, requireOver, requireTransition } from '../transition';

/** A receipt before its terms are sealed. */
export type NewReceipt = Omit<ReceiptSkeleton, 'root'>;

/** The row of the state table that lets the caller do this. Throws NOT_A_PARTY, WRONG_STATE. */
export function receiptRow(receipt: ReceiptSkeleton, verb: string, caller: string): Transition<ReceiptState> {
  const { id, state, proposal } = receipt;
  const parties = { ...receipt, ...(proposal?.receiver === undefined ? {} : { receiver: proposal.receiver }), ...(proposal?.financier === undefined ? {} : { financier: proposal.financier }), ...(proposal?.settler === undefined ? {} : { settler: proposal.settler }) };
  return requireTransition(receiptTable, verb, { id, state, parties }, caller);
}

export interface Draft {
  readonly id: string;
  readonly lot: string;
  readonly depositId: string;
  readonly depositor: string;
  readonly authority?: string | undefined;
  readonly goodsExpireAt?: string | undefined;
  readonly temperature?: { readonly min: number; readonly max: number } | undefined;
  readonly draftedBy: string;
  readonly at: string;
}

/** A draft by the warehouse's maker. Throws INVALID_INPUT, EXPIRED. */
export function draftReceipt({ authority, goodsExpireAt, temperature, at, depositor, ...draft }: Draft, warehouse: string): NewReceipt {
  const { to } = requireTransition(receiptTable, 'draftReceipt', { id: draft.id, state: null, parties: { warehouse } }, warehouse);
  if (depositor === warehouse) throw new DualchainError('INVALID_INPUT', `${warehouse} keeps the goods and cannot be their depositor too; a receipt says what one organisation keeps for another.`, { details: { depositor } });
  if (goodsExpireAt !== undefined) requireNotExpired(`The lot ${draft.lot}`, goodsExpireAt, at);
  return {
    ...draft,
    warehouse,
    depositor,
    owner: depositor,
    ...(authority === undefined ? {} : { authority }),
    state: to,
    parents: [],
    ...(goodsExpireAt === undefined ? {} : { goodsExpireAt }),
    ...(temperature === undefined ? {} : { temperature }),
    createdAt: at,
  };
}

/** The warehouse's checker issues. Throws NOT_A_PARTY, WRONG_STATE, SAME_IDENTITY. */
export function issueReceipt(receipt: ReceiptSkeleton, caller: string, person: string): ReceiptSkeleton {
  const row = receiptRow(receipt, 'issueReceipt', caller);
  if (person === receipt.draftedBy) throw new DualchainError('SAME_IDENTITY', `The receipt ${receipt.id} was drafted by the same person; another one of ${receipt.warehouse} must issue it.`, { details: { receiptId: receipt.id } });
  return { ...receipt, state: row.to };
}

/** The depositor consents or refuses, or the warehouse withdraws. Throws NOT_A_PARTY, WRONG_STATE. */
export function answerReceipt(receipt: ReceiptSkeleton, verb: 'acceptReceipt' | 'refuseReceipt' | 'withdrawReceipt', caller: string): ReceiptSkeleton {
  return { ...receipt, state: receiptRow(receipt, verb, caller).to };
}

/** Splits a receipt into parts that add up exactly. Throws NOT_A_PARTY, WRONG_STATE, INVALID_INPUT, AMOUNT_MISMATCH. */
export function splitReceipt(parent: ReceiptSkeleton, goods: ReceiptGoods, ids: readonly string[], quantities: readonly string[], caller: string, at: string): { parent: ReceiptSkeleton; parts: { receipt: NewReceipt; goods: ReceiptGoods }[] } {
  const row = receiptRow(parent, 'splitReceipt', caller);
  requireDistinct([parent.id, ...ids]);
  const goodsOfParts = partsOf(goods, ids, quantities);
  return { parent: { ...parent, state: row.to, children: [...ids] }, parts: ids.flatMap((id, index) => { const part = goodsOfParts[index]; return part === undefined ? [] : [{ receipt: partOf(parent, id, [parent.id], at), goods: part }]; }) };
}

/** Terms of the parts, in order. Throws INVALID_INPUT, AMOUNT_MISMATCH. */
export function partsOf(goods: ReceiptGoods, ids: readonly string[], quantities: readonly string[]): ReceiptGoods[] {
  if (ids.length !== quantities.length) throw new DualchainError('INVALID_INPUT', `There must be one quantity for each of the ${ids.length} parts.`, { details: { parts: ids.length } });
  const scaled = quantities.map((quantity) => parseQuantity(quantity));
  if (scaled.some((quantity) => quantity <= 0n)) throw new DualchainError('INVALID_INPUT', 'A part of a receipt must hold something.');
  if (scaled.reduce((sum, quantity) => sum + quantity, 0n) !== parseQuantity(goods.quantity)) throw new DualchainError('AMOUNT_MISMATCH', 'The parts do not add up to the quantity of the receipt exactly; correct them.');
  return scaled.map((quantity) => ({ ...goods, quantity: formatQuantity(quantity) }));
}

/** Joins receipts of one deposit and owner. Throws NOT_A_PARTY, WRONG_STATE, INVALID_INPUT. */
export function mergeReceipts(parents: readonly { readonly receipt: ReceiptSkeleton; readonly goods: ReceiptGoods }[], into: string, caller: string, at: string): { parents: ReceiptSkeleton[]; whole: NewReceipt; goods: ReceiptGoods } {
  const [first] = parents;
  if (first === undefined) throw new DualchainError('INVALID_INPUT', 'Name the receipts to merge.');
  requireDistinct([into, ...parents.map(({ receipt }) => receipt.id)]);
  const spent = parents.map(({ receipt }) => ({ ...receipt, state: receiptRow(receipt, 'mergeReceipts', caller).to, children: [into] }));
  const other = parents.find(({ receipt }) => receipt.depositId !== first.receipt.depositId || receipt.warehouse !== first.receipt.warehouse);
  if (other !== undefined) throw new DualchainError('INVALID_INPUT', `The receipts ${first.receipt.id} and ${other.receipt.id} are over goods of different deliveries to the warehouse; only receipts of one delivery can be merged.`, { details: { receiptIds: [first.receipt.id, other.receipt.id] } });
  return { parents: spent, whole: partOf(first.receipt, into, parents.map(({ receipt }) => receipt.id), at), goods: sumOf(parents.map(({ goods }) => goods)) };
}

/** Terms of what is joined. */
export function sumOf(parts: readonly ReceiptGoods[]): ReceiptGoods {
  const [first] = parts;
  if (first === undefined) throw new DualchainError('INVALID_INPUT', 'Name the receipts to merge.');
  return { ...first, quantity: formatQuantity(parts.reduce((sum, { quantity }) => sum + parseQuantity(quantity), 0n)) };
}

/** The owner offers a receipt. Throws NOT_A_PARTY, WRONG_STATE, INVALID_INPUT, EXPIRED. */
export function offerReceipt(receipt: ReceiptSkeleton, { id, receiver, expiresAt, at }: { readonly id: string; readonly receiver: string; readonly expiresAt: string; readonly at: string }, caller: string): ReceiptSkeleton {
  const row = receiptRow(receipt, 'offerReceipt', caller);
  requireOutsider(receipt, receiver);
  requireNotExpired('The offer', expiresAt, at);
  return { ...receipt, state: row.to, proposal: { id, kind: 'transfer', prior: receipt.state, receiver, expiresAt, offeredAt: at } };
}

/** The receiver becomes the owner. Throws NOT_A_PARTY, WRONG_STATE, EXPIRED. */
export function acceptReceiptOffer(receipt: ReceiptSkeleton, caller: string, at: string): ReceiptSkeleton {
  const row = receiptRow(receipt, 'acceptReceiptOffer', caller);
  requireNotExpired(`The offer of receipt ${receipt.id}`, receipt.proposal?.expiresAt ?? '', at);
  return { ...withoutProposal(receipt), owner: caller, state: row.to };
}

/** Refused, withdrawn or expired: exactly as before. Throws NOT_A_PARTY, WRONG_STATE, NOT_YET. */
export function endReceiptProposal(receipt: ReceiptSkeleton, verb: 'refuseReceiptOffer' | 'withdrawReceiptOffer' | 'expireReceiptOffer' | 'refuseReceiptPledge' | 'withdrawReceiptPledge' | 'expireReceiptPledge', caller: string, at: string): ReceiptSkeleton {
  const row = receiptRow(receipt, verb, caller);
  const { expiresAt = '', prior = receipt.state } = receipt.proposal ?? {};
  if (verb === 'expireReceiptOffer' || verb === 'expireReceiptPledge') requireOver(`The offer of receipt ${receipt.id}`, expiresAt, at);
  return { ...withoutProposal(receipt), state: outcomeOf(row, prior) };
}

/** The warehouse gives the goods out. Throws NOT_A_PARTY, WRONG_STATE, PLEDGED. */
export function deliverReceipt(receipt: ReceiptSkeleton, eventIds: readonly string[], caller: string): ReceiptSkeleton {
  const row = receiptRow(receipt, 'deliverReceipt', caller);
  if (receipt.pledgeId !== undefined) throw new DualchainError('PLEDGED', `The receipt ${receipt.id} is pledged to ${receipt.financier ?? ''} by ${receipt.pledgeId}; the goods leave the warehouse once it is released.`, { details: { receiptId: receipt.id, pledgeId: receipt.pledgeId } });
  const { hold: _ended, ...rest } = receipt;
  return { ...rest, state: row.to, deliveryEvents: [...eventIds] };
}

/** Throws NOT_A_PARTY, WRONG_STATE. */
export function closeReceipt(receipt: ReceiptSkeleton, caller: string): ReceiptSkeleton {
  return { ...receipt, state: receiptRow(receipt, 'closeReceipt', caller).to };
}

/** The goods are lost: by the warehouse, or by the carrier while it carries them. Throws NOT_A_PARTY, WRONG_STATE. */
export function reportLoss(receipt: ReceiptSkeleton, evidenceHash: string, caller: string, at: string): ReceiptSkeleton {
  const row = receiptRow(receipt, 'reportLoss', caller);
  const { hold: _hold, ...rest } = withoutProposal(receipt);
  return { ...rest, state: row.to, loss: { reporter: caller, evidenceHash, at } };
}

/** Throws INVALID_INPUT unless an organisation is neither owner nor warehouse of the receipt. */
export function requireOutsider({ owner, warehouse }: Pick<ReceiptSkeleton, 'owner' | 'warehouse'>, mspId: string): void {
  const part = mspId === owner ? 'the owner itself' : mspId === warehouse ? 'the warehouse, which keeps the goods for others' : undefined;
  if (part !== undefined) throw new DualchainError('INVALID_INPUT', `${mspId} is ${part}; choose another organisation.`, { details: { mspId } });
}

/** The terms belong to the receipt as it stands: they bind its lot, deposit, warehouse and owner. Throws NOT_GENUINE. */
export function requireBoundGoods<Goods extends ReceiptGoods>(receipt: ReceiptSkeleton, goods: Goods): Goods {
  if (goods.lot === receipt.lot && goods.depositId === receipt.depositId && goods.warehouse === receipt.warehouse && goods.owner === receipt.owner) return goods;
  throw new DualchainError('NOT_GENUINE', `The sealed terms of receipt ${receipt.id} are of another owner, warehouse or delivery; read the present ones at your own peer and try again.`, { details: { receiptId: receipt.id } });
}

export function withoutProposal(receipt: ReceiptSkeleton): ReceiptSkeleton {
  const { proposal: _ended, ...rest } = receipt;
  return rest;
}

function partOf({ lot, depositId, warehouse, depositor, owner, authority, goodsExpireAt, temperature, draftedBy }: ReceiptSkeleton, id: string, parents: readonly string[], at: string): NewReceipt {
  return {
    id,
    lot,
    depositId,
    warehouse,
    depositor,
    owner,
    ...(authority === undefined ? {} : { authority }),
    state: 'active',
    parents,
    ...(goodsExpireAt === undefined ? {} : { goodsExpireAt }),
    ...(temperature === undefined ? {} : { temperature }),
    draftedBy,
    createdAt: at,
  };
}

function requireDistinct(ids: readonly string[]): void {
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw new DualchainError('INVALID_INPUT', `The receipt ${twice} is named twice.`, { details: { receiptId: twice } });
}
