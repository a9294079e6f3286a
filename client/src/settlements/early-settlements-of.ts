import { certificateVerbs } from '@dualchain/model';
import type { EarlySettlement, HoldingId } from '../results/objects';
import { typed } from '../results/typed';
import type { CallOptions, Session } from '../session';
import { ask } from '../submission/ask';

/** The public sides of the offers to pay a holding early: until when, never the discount. */
export async function earlySettlementsOf(session: Session, holdingId: HoldingId, options?: CallOptions): Promise<readonly EarlySettlement[]> {
  return typed(await ask(session, certificateVerbs.earlySettlementsOf, { holdingId }, options));
}
