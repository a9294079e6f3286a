import type { ResultOf } from '@dualchain/model';
import { collateralVerbs } from '@dualchain/model';
import type { ReceiptId } from '../results/objects';
import type { Typed } from '../results/typed';
import { typed } from '../results/typed';
import type { CallOptions, Session } from '../session';
import { ask } from '../submission/ask';

export type ReceiptStandingResult = Typed<ResultOf<typeof collateralVerbs.receiptStanding>>;

/** A receipt as of now, with every cause for which its goods are worth nothing: also those that nobody has called by `holdReceipt` yet. Throws NOT_FOUND. */
export async function receiptStanding(session: Session, id: ReceiptId, options?: CallOptions): Promise<ReceiptStandingResult> {
  return typed(await ask(session, collateralVerbs.receiptStanding, { id }, options));
}
