import { DualchainError, fieldRoot, recordKey } from '@dualchain/model';
import type { collateralVerbs, Opened, Page, PledgeValue, ReceiptGoods, ReceiptLoan, ReceiptPledgeSkeleton, ReceiptSkeleton, ReceiptStanding, ReceiptValuation, SealedRecord } from '@dualchain/model';
import { causesThatHold, ownPage } from '../../ledger';
import type { Call, CallOf } from '../../ledger';
import { depositIdOf } from '../../rules/collateral/stock';
import { eligibleValue } from '../../rules/collateral/value';
import { valuationRecordId } from './margin';
import { lotOf } from './records';

type Verbs = typeof collateralVerbs;
type Reader = Pick<Call, 'state' | 'sealed'>;

/** A receipt as of now, with what holds it. */
export async function standing(call: CallOf<Verbs['receiptStanding']>): Promise<ReceiptStanding> {
  const receipt = await call.state.require('receipt', call.input.id);
  const causes = await causesThatHold(call, receipt);
  return { receipt, held: causes.length > 0, causes };
}

/** The live receipts over a lot. */
export async function receiptsOf({ state, input }: CallOf<Verbs['receiptsOf']>): Promise<Page<ReceiptSkeleton>> {
  const { items, bookmark } = await state.page('lotReceipt', [lotOf(input.lot)], input);
  const receipts: ReceiptSkeleton[] = [];
  for (const { value } of items) receipts.push(await state.require('receipt', value.receiptId));
  return { items: receipts, bookmark };
}

/** A receipt and the own copy of its terms, if that is the present one, with the stock that it is part of. */
export async function openReceipt({ state, sealed }: Reader, id: string): Promise<Opened<ReceiptSkeleton>> {
  const skeleton = await state.require('receipt', id);
  const terms = await sealed.own('receiptTerms', id);
  const stock = await sealed.own('stock', skeleton.depositId);
  return { skeleton, records: recordsOf(terms !== undefined && fieldRoot(terms) === skeleton.root ? terms : undefined, stock) };
}

/** The own stock record of a delivery; there is none before its first receipt. */
export async function openStock({ sealed, input }: CallOf<Verbs['openStock']>): Promise<Opened<{ readonly depositId: string }>> {
  const depositId = depositIdOf(input.eventId, lotOf(input.lot));
  return { skeleton: { depositId }, records: recordsOf(await sealed.own('stock', depositId)) };
}

/** The receipts that the caller's organisation may read; copies that a change of owner made worthless are left out, so that a page may be shorter. */
export async function receipts(call: CallOf<Verbs['receipts']>): Promise<Page<Opened<ReceiptSkeleton>>> {
  const { items, bookmark } = await ownPage(call, 'receiptTerms', (id) => openReceipt(call, id));
  return { items: items.filter(({ skeleton, records }) => recordKey('receiptTerms', skeleton.id) in records), bookmark };
}

/** A loan with its terms, the valuation of a standing call and the account of a sale, as far as the caller holds them. */
export async function openPledge({ state, sealed }: Reader, id: string): Promise<Opened<ReceiptPledgeSkeleton>> {
  const skeleton = await state.require('receiptPledge', id);
  const valuation = skeleton.marginCall?.valuationId === undefined ? undefined : await sealed.own('receiptValuation', valuationRecordId(id, skeleton.marginCall.valuationId));
  return { skeleton, records: recordsOf(await sealed.own('receiptLoan', id), valuation, await sealed.own('receiptProceeds', id)) };
}

export async function pledges(call: CallOf<Verbs['receiptPledges']>): Promise<Page<Opened<ReceiptPledgeSkeleton>>> {
  return ownPage(call, 'receiptLoan', (id) => openPledge(call, id));
}

/** What a pledge is worth now, by the caller's own records. Throws OPENING_REQUIRED where it holds none. */
export async function value(call: CallOf<Verbs['pledgeValue']>): Promise<PledgeValue> {
  const { state, sealed, input } = call;
  const pledge = await state.require('receiptPledge', input.id);
  const receipt = await state.require('receipt', pledge.receiptId);
  const loan = (await sealed.own('receiptLoan', pledge.id)) as (SealedRecord & ReceiptLoan) | undefined;
  const goods = (await sealed.own('receiptTerms', receipt.id)) as (SealedRecord & ReceiptGoods) | undefined;
  if (loan === undefined || goods === undefined) throw new DualchainError('OPENING_REQUIRED', `Only owner and financier of ${pledge.id} hold its loan and the quantity of its receipt.`, { details: { pledgeId: pledge.id } });
  const valuationId = pledge.marginCall?.valuationId;
  const valuation = valuationId === undefined ? undefined : ((await sealed.own('receiptValuation', valuationRecordId(pledge.id, valuationId))) as (SealedRecord & ReceiptValuation) | undefined);
  const causes = await causesThatHold(call, receipt);
  const eligible = causes.length > 0 || receipt.state === 'lost' ? 0n : eligibleValue(goods.quantity, (valuation ?? loan).unitValue, loan.advanceBps);
  return { pledgeId: pledge.id, eligible: eligible.toString(), outstanding: loan.outstanding, covered: eligible >= BigInt(loan.outstanding), causes };
}

function recordsOf(...records: readonly (SealedRecord | undefined)[]): Record<string, SealedRecord> {
  return Object.fromEntries(records.flatMap((record) => (record === undefined ? [] : [[recordKey(record.type, record.id), record] as const])));
}
