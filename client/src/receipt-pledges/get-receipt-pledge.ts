import { collateralVerbs } from '@dualchain/model';
import type { ReceiptPledge, ReceiptPledgeId } from '../results/objects';
import { typed } from '../results/typed';
import type { CallOptions, Session } from '../session';
import { ask, orUndefined } from '../submission/ask';

/** The public side of a loan against a receipt; undefined if there is none. */
export function getReceiptPledge(session: Session, id: ReceiptPledgeId, options?: CallOptions): Promise<ReceiptPledge | undefined> {
  return orUndefined(requireReceiptPledge(session, id, options));
}

/** The public side of a loan against a receipt. Throws NOT_FOUND. */
export async function requireReceiptPledge(session: Session, id: ReceiptPledgeId, options?: CallOptions): Promise<ReceiptPledge> {
  return typed(await ask(session, collateralVerbs.receiptPledge, { id }, options));
}
