import { DualchainError, receiptPledgeTable } from '@dualchain/model';
import type { InputOf, collateralVerbs, MarginCall, ReceiptPledgeSkeleton, ReceiptPledgeState, ReceiptSkeleton, Transition } from '@dualchain/model';
import { outcomeOf, requireNotExpired, requireOver, requireTransition } from '../transition';
import { receiptRow, requireOutsider, withoutProposal } from './receipt';

const HOUR = 3_600_000;

export type NewPledge = Omit<ReceiptPledgeSkeleton, 'root'>;

/** The row of the state table that lets the caller do this. Throws NOT_A_PARTY, WRONG_STATE. */
export function pledgeRow(pledge: ReceiptPledgeSkeleton, verb: string, caller: string): Transition<ReceiptPledgeState> {
  return requireTransition(receiptPledgeTable, verb, { id: pledge.id, state: pledge.state, parties: pledge }, caller);
}

/** The owner of an active receipt drafts a loan. Throws NOT_A_PARTY, WRONG_STATE, INVALID_INPUT, EXPIRED. */
export function draftPledge({ pledgeId: id, receiptId, financier, settler, expiresAt, dueAt, cureHours }: InputOf<typeof collateralVerbs.draftReceiptPledge>, receipt: ReceiptSkeleton, caller: string, at: string): NewPledge {
  const { lot, warehouse, owner, authority, root } = receipt;
  const row = requireTransition(receiptPledgeTable, 'draftReceiptPledge', { id, state: null, parties: { owner } }, caller);
  if (receipt.state !== 'active') throw new DualchainError('WRONG_STATE', `The receipt ${receiptId} is ${receipt.state}; only an active one is pledged.`, { details: { receiptId, state: receipt.state } });
  requireOutsider(receipt, financier);
  requireOutsider(receipt, settler);
  if (settler === financier) throw new DualchainError('INVALID_INPUT', `${settler} lends and cannot attest its own payments; choose another settler.`, { details: { settler } });
  requireNotExpired('The proposal', expiresAt, at);
  if (dueAt <= expiresAt) throw new DualchainError('INVALID_INPUT', 'The loan must be due after the proposal ends; choose a later dueAt.', { details: { dueAt, expiresAt } });
  return { id, receiptId, receiptRoot: root, lot, warehouse, owner, financier, settler, ...(authority === undefined ? {} : { authority }), state: row.to, expiresAt, dueAt, cureHours, draftedAt: at };
}

/** What owner, financier and warehouse agree to: each keeps it as its own anchor. */
export function pledgeFact({ id, receiptId, receiptRoot, warehouse, owner, financier, settler, expiresAt, dueAt, cureHours, root }: ReceiptPledgeSkeleton): Record<string, unknown> {
  return { id, receiptId, receiptRoot, warehouse, owner, financier, settler, expiresAt, dueAt, cureHours, root };
}

/** Locks the receipt. Throws NOT_A_PARTY, WRONG_STATE, EXPIRED. */
export function proposePledge(pledge: ReceiptPledgeSkeleton, receipt: ReceiptSkeleton, transactionId: string, caller: string, at: string): { pledge: ReceiptPledgeSkeleton; receipt: ReceiptSkeleton } {
  const row = pledgeRow(pledge, 'proposeReceiptPledge', caller);
  const locked = receiptRow(receipt, 'proposeReceiptPledge', caller);
  requireNotExpired(`The proposal ${pledge.id}`, pledge.expiresAt, at);
  requireAsDrafted(pledge, receipt);
  const { id: pledgeId, financier, settler, expiresAt } = pledge;
  return { pledge: { ...pledge, state: row.to }, receipt: { ...receipt, state: locked.to, proposal: { id: transactionId, kind: 'pledge', prior: receipt.state, pledgeId, financier, settler, expiresAt, offeredAt: at } } };
}

/** Financier or warehouse agrees. Throws NOT_A_PARTY, WRONG_STATE, EXPIRED. */
export function agreeToPledge(pledge: ReceiptPledgeSkeleton, receipt: ReceiptSkeleton, verb: 'acceptReceiptPledge' | 'confirmReceiptPledge', caller: string, at: string): ReceiptPledgeSkeleton {
  const row = pledgeRow(pledge, verb, caller);
  requireNotExpired(`The proposal ${pledge.id}`, pledge.expiresAt, at);
  requireLocked(pledge, receipt);
  return { ...pledge, state: row.to };
}

/** The settler paid: the receipt is pledged. Throws NOT_A_PARTY, WRONG_STATE. */
export function payLoan(pledge: ReceiptPledgeSkeleton, receipt: ReceiptSkeleton, payment: string, caller: string, at: string): { pledge: ReceiptPledgeSkeleton; receipt: ReceiptSkeleton } {
  const row = pledgeRow(pledge, 'payReceiptLoan', caller);
  requireLocked(pledge, receipt);
  const { id: pledgeId, financier, settler } = pledge;
  return { pledge: { ...pledge, state: row.to, paidAt: at, payment }, receipt: { ...withoutProposal(receipt), state: receiptRow(receipt, 'payReceiptLoan', caller).to, pledgeId, financier, settler } };
}

/** Ends a proposal before it was paid. Throws NOT_A_PARTY, WRONG_STATE, NOT_YET. */
export function endPledgeProposal(pledge: ReceiptPledgeSkeleton, verb: 'refuseReceiptPledge' | 'withdrawReceiptPledge' | 'expireReceiptPledge', caller: string, at: string): ReceiptPledgeSkeleton {
  const row = pledgeRow(pledge, verb, caller);
  if (verb === 'refuseReceiptPledge' && pledge.state === 'secured' && caller === pledge.warehouse) throw new DualchainError('WRONG_STATE', `${pledge.warehouse} confirmed ${pledge.id} and holds the goods for ${pledge.financier}; only the financier, or its expiry at ${pledge.expiresAt}, ends it now.`, { details: { pledgeId: pledge.id, state: pledge.state } });
  if (verb === 'expireReceiptPledge') requireOver(`The proposal ${pledge.id}`, pledge.expiresAt, at);
  return { ...pledge, state: row.to, endedAt: at };
}

/** A demand for more collateral; one that stands already keeps its time to cure. Who reports a loss was checked on the receipt. Throws NOT_A_PARTY, WRONG_STATE. */
export function callMargin(pledge: ReceiptPledgeSkeleton, verb: 'callMargin' | 'holdReceipt' | 'reportLoss', call: Pick<MarginCall, 'reason' | 'valuationId'>, caller: string, at: string): ReceiptPledgeSkeleton {
  const row = pledgeRow(verb === 'reportLoss' ? { ...pledge, warehouse: caller } : pledge, verb, caller);
  const cureEndsAt = pledge.marginCall?.cureEndsAt ?? new Date(Date.parse(at) + pledge.cureHours * HOUR).toISOString();
  return { ...pledge, state: row.to, marginCall: { ...call, at, cureEndsAt } };
}

/** The call is over. Throws NOT_A_PARTY, WRONG_STATE. */
export function endMarginCall(pledge: ReceiptPledgeSkeleton, verb: 'cureMarginCall' | 'releaseHold', caller: string): ReceiptPledgeSkeleton {
  const row = pledgeRow(pledge, verb, caller);
  return { ...withoutCall(pledge), state: row.to };
}

/** A repayment; `owed`: what is left of the principal; `covered`: the goods cover it. Throws NOT_A_PARTY, WRONG_STATE. */
export function repayLoan(pledge: ReceiptPledgeSkeleton, owed: bigint, covered: boolean, caller: string): ReceiptPledgeSkeleton {
  const row = pledgeRow(pledge, 'repayReceiptLoan', caller);
  if (owed === 0n) return { ...withoutCall(pledge), state: outcomeOf(row, 'repaid') };
  const cured = pledge.state === 'margin call' && pledge.marginCall?.reason === 'value' && covered;
  return cured ? { ...withoutCall(pledge), state: outcomeOf(row, 'live') } : pledge;
}

/** Releases the receipt. Throws NOT_A_PARTY, WRONG_STATE. */
export function releasePledge(pledge: ReceiptPledgeSkeleton, receipt: ReceiptSkeleton, caller: string, at: string): { pledge: ReceiptPledgeSkeleton; receipt: ReceiptSkeleton } {
  const row = pledgeRow(pledge, 'releaseReceiptPledge', caller);
  if (pledge.state !== 'repaid' && caller !== pledge.financier) throw new DualchainError('NOT_A_PARTY', `${pledge.id} is not repaid; until then only ${pledge.financier} releases it.`, { details: { pledgeId: pledge.id, state: pledge.state } });
  requirePledged(pledge, receipt);
  const { substitute: _offer, ...rest } = withoutCall(pledge);
  return { pledge: { ...rest, state: row.to, endedAt: at }, receipt: afterPledge(receipt) };
}

/** The owner offers another receipt. Throws NOT_A_PARTY, WRONG_STATE, INVALID_INPUT, EXPIRED. */
export function offerSubstitute(pledge: ReceiptPledgeSkeleton, other: ReceiptSkeleton, expiresAt: string, caller: string, at: string): ReceiptPledgeSkeleton {
  pledgeRow(pledge, 'offerSubstitute', caller);
  if (pledge.substitute !== undefined && at < pledge.substitute.expiresAt) throw new DualchainError('WRONG_STATE', `A substitute for ${pledge.receiptId} is offered already; end that offer first.`, { details: { pledgeId: pledge.id, receiptId: pledge.substitute.receiptId } });
  requireNotExpired('The offer', expiresAt, at);
  requireSubstitute(pledge, other);
  return { ...pledge, substitute: { receiptId: other.id, receiptRoot: other.root, expiresAt } };
}

/** Ends the offer of a substitute. Throws NOT_A_PARTY, WRONG_STATE. */
export function endSubstitute(pledge: ReceiptPledgeSkeleton, caller: string, at: string): ReceiptPledgeSkeleton {
  pledgeRow(pledge, 'endSubstitute', caller);
  const { substitute, ...rest } = pledge;
  if (substitute === undefined) throw new DualchainError('WRONG_STATE', `No substitute is offered for ${pledge.receiptId}.`, { details: { pledgeId: pledge.id } });
  if (at < substitute.expiresAt && ![pledge.owner, pledge.financier].includes(caller)) throw new DualchainError('NOT_A_PARTY', `The offer stands until ${substitute.expiresAt}; until then ${pledge.owner} or ${pledge.financier} ends it.`, { details: { pledgeId: pledge.id, expiresAt: substitute.expiresAt } });
  return rest;
}

/** The financier takes the other receipt. Throws NOT_A_PARTY, WRONG_STATE, EXPIRED. */
export function acceptSubstitute(pledge: ReceiptPledgeSkeleton, first: ReceiptSkeleton, other: ReceiptSkeleton, caller: string, at: string): { pledge: ReceiptPledgeSkeleton; first: ReceiptSkeleton; other: ReceiptSkeleton } {
  const row = pledgeRow(pledge, 'acceptSubstitute', caller);
  const { substitute } = pledge;
  if (substitute?.receiptId !== other.id || substitute.receiptRoot !== other.root) throw new DualchainError('WRONG_STATE', `The receipt ${other.id} is not as it was offered in place of ${pledge.receiptId}; let the owner offer it again.`, { details: { pledgeId: pledge.id, receiptId: other.id } });
  requireNotExpired('The offer of the substitute', substitute.expiresAt, at);
  requireSubstitute(pledge, other);
  requirePledged(pledge, first);
  // Goods that are on their way or lost stay so, without the pledge.
  if (first.state !== 'in transit' && first.state !== 'lost') receiptRow(first, 'acceptSubstitute', caller);
  const { substitute: _taken, ...rest } = withoutCall(pledge);
  const { id: pledgeId, financier, settler } = pledge;
  return {
    pledge: { ...rest, state: outcomeOf(row, 'live'), receiptId: other.id, receiptRoot: other.root, lot: other.lot, warehouse: other.warehouse },
    first: afterPledge(first),
    other: { ...other, state: 'pledged', pledgeId, financier, settler },
  };
}

/** The financier turns to the goods. Throws NOT_A_PARTY, WRONG_STATE, NOT_YET. */
export function liquidatePledge(pledge: ReceiptPledgeSkeleton, receipt: ReceiptSkeleton, caller: string, at: string): { pledge: ReceiptPledgeSkeleton; receipt: ReceiptSkeleton } {
  const row = pledgeRow(pledge, 'liquidateReceiptPledge', caller);
  requirePledged(pledge, receipt);
  const from = [pledge.dueAt, ...(pledge.marginCall === undefined ? [] : [pledge.marginCall.cureEndsAt])].sort()[0] ?? pledge.dueAt;
  if (at < from) throw new DualchainError('NOT_YET', `${pledge.owner} has until ${from} to cure or repay ${pledge.id}.`, { details: { pledgeId: pledge.id, from, at } });
  const { hold: _hold, ...rest } = receipt;
  const { substitute: _offer, ...called } = pledge;
  return { pledge: { ...called, state: row.to }, receipt: { ...rest, state: receiptRow(receipt, 'liquidateReceiptPledge', caller).to } };
}

/** The goods are sold: the buyer owns the receipt, without the pledge. Throws NOT_A_PARTY, WRONG_STATE, INVALID_INPUT. */
export function attestProceeds(pledge: ReceiptPledgeSkeleton, receipt: ReceiptSkeleton, buyer: string, caller: string, at: string): { pledge: ReceiptPledgeSkeleton; receipt: ReceiptSkeleton } {
  const row = pledgeRow(pledge, 'attestProceeds', caller);
  requirePledged(pledge, receipt);
  const sold = receiptRow(receipt, 'attestProceeds', caller);
  if ([pledge.owner, pledge.warehouse, pledge.settler].includes(buyer)) throw new DualchainError('INVALID_INPUT', `${buyer} is a party of the pledge and cannot buy the goods; its financier or an outsider can.`, { details: { buyer } });
  return { pledge: { ...pledge, state: row.to, buyer, endedAt: at }, receipt: { ...withoutPledge(receipt), owner: buyer, state: sold.to } };
}

/** Throws WRONG_STATE unless this pledge holds the receipt. */
export function requirePledged(pledge: Pick<ReceiptPledgeSkeleton, 'id' | 'receiptId'>, receipt: ReceiptSkeleton): void {
  if (receipt.id === pledge.receiptId && receipt.pledgeId === pledge.id) return;
  throw new DualchainError('WRONG_STATE', `The receipt ${receipt.id} is not pledged by ${pledge.id}.`, { details: { receiptId: receipt.id, pledgeId: pledge.id } });
}

/** The receipt without its pledge; a hold, a transit or a loss stays. */
export function afterPledge(receipt: ReceiptSkeleton): ReceiptSkeleton {
  const { hold, transit, state } = receipt;
  const free = withoutPledge(receipt);
  if (state === 'held' && hold !== undefined) return { ...free, hold: { ...hold, prior: 'active' } };
  if (state === 'in transit' && transit !== undefined) return { ...free, transit: { ...transit, prior: 'active' } };
  return state === 'lost' ? free : { ...free, state: 'active' };
}

function withoutPledge(receipt: ReceiptSkeleton): ReceiptSkeleton {
  const { pledgeId: _pledge, financier: _financier, settler: _settler, ...rest } = receipt;
  return rest;
}

function withoutCall(pledge: ReceiptPledgeSkeleton): ReceiptPledgeSkeleton {
  const { marginCall: _ended, ...rest } = pledge;
  return rest;
}

function requireAsDrafted(pledge: ReceiptPledgeSkeleton, receipt: ReceiptSkeleton): void {
  if (receipt.id === pledge.receiptId && receipt.root === pledge.receiptRoot && receipt.owner === pledge.owner && receipt.warehouse === pledge.warehouse) return;
  throw new DualchainError('WRONG_STATE', `The receipt ${receipt.id} is not as it was when the loan ${pledge.id} was drafted; draft another one.`, { details: { receiptId: receipt.id, pledgeId: pledge.id } });
}

function requireLocked(pledge: ReceiptPledgeSkeleton, receipt: ReceiptSkeleton): void {
  requireAsDrafted(pledge, receipt);
  if (receipt.proposal?.pledgeId !== pledge.id) throw new DualchainError('WRONG_STATE', `The receipt ${receipt.id} is not locked for ${pledge.id}.`, { details: { receiptId: receipt.id, pledgeId: pledge.id } });
}

function requireSubstitute({ id, owner, warehouse, receiptId }: ReceiptPledgeSkeleton, other: ReceiptSkeleton): void {
  if (other.id !== receiptId && other.owner === owner && other.warehouse === warehouse && other.state === 'active') return;
  throw new DualchainError('WRONG_STATE', `A substitute under ${id} is another active receipt of ${owner} at ${warehouse}; ${other.id} is ${other.state} and belongs to ${other.owner}.`, { details: { pledgeId: id, receiptId: other.id, state: other.state } });
}
