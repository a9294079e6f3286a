import { DualchainError } from '@dualchain/model';
import type { collateralVerbs, Created, ReceiptPledgeSkeleton } from '@dualchain/model';
import { requireMember, requireReceiptsNotFrozen, requireSameContent } from '../../ledger';
import type { CallOf } from '../../ledger';
import { attestProceeds, liquidatePledge } from '../../rules/collateral/pledge';
import { proveLoan, valuationRecordId } from './margin';
import { requireUnusedPayment, writePayment } from './payments';
import { announce, requireSharedLoan } from './pledge';
import { contentOf, listReceipt, proveGoods, requirePledge, storePledge, storeReceipt, unlistReceipt } from './records';

type Verbs = typeof collateralVerbs;

/** The financier turns to the goods and shows them to the settler. The owner is not needed, and nothing is written into its collection. */
export async function liquidate(call: CallOf<Verbs['liquidateReceiptPledge']>): Promise<ReceiptPledgeSkeleton> {
  const { sealed, input, caller, at } = call;
  const { pledge: before, receipt } = await requirePledge(call, input.pledgeId);
  const next = liquidatePledge(before, receipt, caller.mspId, at);
  await requireReceiptsNotFrozen(call, [receipt]);
  await requireSharedLoan(call, before);
  await sealed.share(await proveGoods(call, receipt, [before.financier]), [before.settler]);
  await storeReceipt(call, next.receipt);
  await storePledge(call, next.pledge);
  announce(call, before, next.pledge);
  return next.pledge;
}

/** The settler confirms the sale: the buyer owns the receipt, with terms sealed anew. What it brought is told to the financier alone, by {@link account}. */
export async function sell(call: CallOf<Verbs['attestProceeds']>): Promise<Created<ReceiptPledgeSkeleton>> {
  const { sealed, input, caller, at } = call;
  const { pledgeId, buyer, paymentReference } = input;
  const { pledge: before, receipt } = await requirePledge(call, pledgeId);
  const payment = { pledgeId, purpose: 'sale of goods', paidTo: before.financier } as const;
  const digest = await requireUnusedPayment(call, paymentReference, payment);
  if (digest === undefined) return { ...before, already: true };
  const next = attestProceeds(before, receipt, buyer, caller.mspId, at);
  await requireReceiptsNotFrozen(call, [receipt]);
  await requireMember(call, buyer);
  const goods = contentOf(await proveGoods(call, receipt, [before.financier]));
  const { root } = await sealed.seal('receiptTerms', receipt.id, { ...goods, owner: buyer }, [receipt.warehouse, buyer]);
  const sold = { ...next.receipt, root };
  await writePayment(call, digest, payment);
  await unlistReceipt(call, receipt);
  await listReceipt(call, sold);
  await storeReceipt(call, sold);
  await storePledge(call, next.pledge);
  announce(call, before, next.pledge);
  return next.pledge;
}

/** The settler accounts for the sale: what it brought, what was owed, what is left or missing. Once. */
export async function account(call: CallOf<Verbs['sealProceeds']>): Promise<ReceiptPledgeSkeleton> {
  const { state, sealed, input, content, caller } = call;
  const pledge = await state.require('receiptPledge', input.pledgeId);
  const { id, financier, settler, buyer } = pledge;
  if (caller.mspId !== settler) throw new DualchainError('NOT_A_PARTY', `The sale of ${id} is accounted for by ${settler}, not by ${caller.mspId}.`, { details: { pledgeId: id, caller: caller.mspId } });
  if (pledge.state !== 'liquidated' || buyer === undefined) throw new DualchainError('WRONG_STATE', `${id} is ${pledge.state}; a sale is accounted for once it was confirmed.`, { details: { pledgeId: id, state: pledge.state } });
  const { currency, outstanding } = await proveLoan(call, pledge);
  const difference = BigInt(content.proceeds) - BigInt(outstanding);
  const fields = { pledgeId: id, buyer, currency, proceeds: content.proceeds, outstanding, surplus: (difference > 0n ? difference : 0n).toString(), shortfall: (difference < 0n ? -difference : 0n).toString() };
  if ((await sealed.hashAt('receiptProceeds', id, settler)) !== undefined) {
    requireSameContent('receiptPledge', [id, 'proceeds'], null, null, await sealed.holdsSame('receiptProceeds', id, fields, [financier, settler]));
    return pledge;
  }
  await sealed.seal('receiptProceeds', id, fields, [financier, settler]);
  announce(call, pledge, pledge);
  return pledge;
}

/** The financier shows the owner what stands behind a margin call and a sale; the owner's peer compares it with what the settler holds. */
export async function show(call: CallOf<Verbs['showToPledgor']>): Promise<ReceiptPledgeSkeleton> {
  const { state, sealed, input, caller } = call;
  const pledge = await state.require('receiptPledge', input.pledgeId);
  const { id, owner, financier, settler, marginCall } = pledge;
  if (caller.mspId !== financier) throw new DualchainError('NOT_A_PARTY', `What stands behind ${id} is shown by ${financier}, not by ${caller.mspId}.`, { details: { pledgeId: id, caller: caller.mspId } });
  const records = [['receiptValuation', marginCall?.valuationId === undefined ? undefined : valuationRecordId(id, marginCall.valuationId)] as const, ['receiptProceeds', id] as const];
  let shown = 0;
  for (const [type, recordId] of records) {
    if (recordId === undefined || !sealed.has(type, recordId)) continue;
    await sealed.share(await sealed.requireGenuine(type, recordId, [financier, settler]), [owner]);
    shown += 1;
  }
  if (shown === 0) throw new DualchainError('OPENING_REQUIRED', `There is nothing of ${id} to show: neither the valuation of a standing margin call nor the account of a sale was opened.`, { details: { pledgeId: id } });
  announce(call, pledge, pledge);
  return pledge;
}
