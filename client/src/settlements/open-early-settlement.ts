import type { EarlySettlementSkeleton, EarlySettlementTerms } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { EarlySettlementId, HoldingId, OpenedEarlySettlement } from '../results/objects';
import { withTerms } from '../results/objects';
import type { CallOptions, Session } from '../session';
import { ask } from '../submission/ask';
import { checkParameters } from '../submission/plan';

export interface OpenEarlySettlementParameters {
  readonly holdingId: HoldingId;
  readonly offerId: EarlySettlementId;
}

/** An offer to pay a holding early with its discount, for obligor, owner and settler. Throws NOT_FOUND, WRONG_PEER. */
export async function openEarlySettlement(session: Session, parameters: OpenEarlySettlementParameters, options?: CallOptions): Promise<OpenedEarlySettlement> {
  return withTerms<EarlySettlementSkeleton, EarlySettlementTerms>(await ask(session, certificateVerbs.openEarlySettlement, checkParameters(parameters), options), 'earlySettlement');
}
