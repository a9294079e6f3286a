import type { Opened, ReceiptLoan, ReceiptPledgeSkeleton, ReceiptProceeds, ReceiptValuation } from '@dualchain/model';
import { collateralVerbs } from '@dualchain/model';
import type { OpenedReceiptPledge, ReceiptPledgeId } from '../results/objects';
import { termsOf, withTerms } from '../results/objects';
import type { CallOptions, Session } from '../session';
import { ask } from '../submission/ask';

/** A loan against a receipt with what the own organisation may read: its terms, the valuation of a margin call, the account of a sale. Throws NOT_FOUND, WRONG_PEER. */
export async function openReceiptPledge(session: Session, id: ReceiptPledgeId, options?: CallOptions): Promise<OpenedReceiptPledge> {
  return readReceiptPledge(await ask(session, collateralVerbs.openReceiptPledge, { id }, options));
}

/** Typed form of an opened loan. */
export function readReceiptPledge(opened: Opened<ReceiptPledgeSkeleton>): OpenedReceiptPledge {
  return { ...withTerms<ReceiptPledgeSkeleton, ReceiptLoan>(opened, 'receiptLoan'), valuation: termsOf<ReceiptValuation>(opened.records, 'receiptValuation'), sale: termsOf<ReceiptProceeds>(opened.records, 'receiptProceeds') };
}
