import type { Opened, ReceiptGoods, ReceiptSkeleton } from '@dualchain/model';
import { collateralVerbs } from '@dualchain/model';
import type { OpenedReceipt, ReceiptId } from '../results/objects';
import { withTerms } from '../results/objects';
import type { CallOptions, Session } from '../session';
import { ask } from '../submission/ask';

/** A receipt with the quantity that the own organisation may read. Throws NOT_FOUND, WRONG_PEER. */
export async function openReceipt(session: Session, id: ReceiptId, options?: CallOptions): Promise<OpenedReceipt> {
  return readReceipt(await ask(session, collateralVerbs.openReceipt, { id }, options));
}

/** Typed form of an opened receipt. */
export function readReceipt(opened: Opened<ReceiptSkeleton>): OpenedReceipt {
  return withTerms<ReceiptSkeleton, ReceiptGoods>(opened, 'receiptTerms');
}
