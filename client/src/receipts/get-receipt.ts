import { collateralVerbs } from '@dualchain/model';
import type { Receipt, ReceiptId } from '../results/objects';
import { typed } from '../results/typed';
import type { CallOptions, Session } from '../session';
import { ask, orUndefined } from '../submission/ask';

/** The public side of a warehouse receipt; undefined if there is none. */
export function getReceipt(session: Session, id: ReceiptId, options?: CallOptions): Promise<Receipt | undefined> {
  return orUndefined(requireReceipt(session, id, options));
}

/** The public side of a warehouse receipt. Throws NOT_FOUND. */
export async function requireReceipt(session: Session, id: ReceiptId, options?: CallOptions): Promise<Receipt> {
  return typed(await ask(session, collateralVerbs.receipt, { id }, options));
}
