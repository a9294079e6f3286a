import type { collateralVerbs, ReceiptSkeleton, ResultOf } from '@dualchain/model';
import { requireReceiptsNotFrozen, requireSameContent } from '../../ledger';
import type { CallOf } from '../../ledger';
import { mergeReceipts, partsOf, splitReceipt, sumOf } from '../../rules/collateral/receipt';
import { contentOf, createReceipt, idsOf, proveGoods, storeReceipt, unlistReceipt } from './records';
import type { ProvedReceipt } from './records';

type Verbs = typeof collateralVerbs;

/** The owner splits a receipt; the warehouse witnesses it. */
export async function split(call: CallOf<Verbs['splitReceipt']>): Promise<ResultOf<Verbs['splitReceipt']>> {
  const { state, sealed, input, content, caller, at } = call;
  const { receiptId, parts: ids } = input;
  const before = await state.require('receipt', receiptId);
  const goods = contentOf(await proveGoods(call, before));
  if (before.state === 'spent' && before.owner === caller.mspId) {
    const standing: ReceiptSkeleton[] = [];
    let same = before.children?.join() === ids.join();
    for (const [index, part] of partsOf(goods, ids, content.quantities).entries()) {
      const receipt = await state.get('receipt', ids[index] ?? '');
      if (receipt === undefined) continue;
      same &&= receipt.owner === before.owner && (await sealed.holdsSame('receiptTerms', receipt.id, { ...part }, [receipt.warehouse, receipt.owner]));
      standing.push(receipt);
    }
    if (standing.length > 0) {
      requireSameContent('receipt', [ids.join(', ')], null, null, same && standing.length === ids.length);
      return { parent: before, parts: standing, already: true };
    }
  }
  const next = splitReceipt(before, goods, ids, content.quantities, caller.mspId, at);
  await requireReceiptsNotFrozen(call, [before]);
  const parts: ReceiptSkeleton[] = [];
  for (const part of next.parts) parts.push(await createReceipt(call, part.receipt, part.goods));
  await unlistReceipt(call, before);
  await storeReceipt(call, next.parent);
  call.emit({ ids: { ...idsOf(before), receipt: [receiptId, ...ids] }, from: before.state, to: next.parent.state });
  return { parent: next.parent, parts };
}

/** The owner joins receipts of one delivery. */
export async function merge(call: CallOf<Verbs['mergeReceipts']>): Promise<ResultOf<Verbs['mergeReceipts']>> {
  const { state, sealed, input, caller, at } = call;
  const { receiptIds, into } = input;
  const parents: ProvedReceipt[] = [];
  for (const id of receiptIds) {
    const receipt = await state.require('receipt', id);
    parents.push({ receipt, goods: contentOf(await proveGoods(call, receipt)) });
  }
  const standing = await state.get('receipt', into);
  if (standing !== undefined) {
    const same = standing.owner === caller.mspId && standing.parents.join() === receiptIds.join() && parents.every(({ receipt }) => receipt.state === 'spent') && (await sealed.holdsSame('receiptTerms', into, { ...sumOf(parents.map(({ goods }) => goods)) }, [standing.warehouse, standing.owner]));
    requireSameContent('receipt', [into], null, null, same);
    return { parents: parents.map(({ receipt }) => receipt), whole: standing, already: true };
  }
  const next = mergeReceipts(parents, into, caller.mspId, at);
  await requireReceiptsNotFrozen(call, parents.map(({ receipt }) => receipt));
  const whole = await createReceipt(call, next.whole, next.goods);
  for (const { receipt } of parents) await unlistReceipt(call, receipt);
  for (const parent of next.parents) await storeReceipt(call, parent);
  call.emit({ ids: { ...idsOf(whole), receipt: [...receiptIds, into] }, from: 'active', to: 'spent' });
  return { parents: next.parents, whole };
}
