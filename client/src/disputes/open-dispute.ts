import type { DisputeSkeleton, DisputeTerms } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { OpenedDispute } from '../results/objects';
import { withTerms } from '../results/objects';
import type { CallOptions, Session } from '../session';
import { ask } from '../submission/ask';
import type { DisputeKey } from './get-dispute';

/** A dispute with the sealed claim that the own organisation holds of it. Throws NOT_FOUND, WRONG_PEER. */
export async function openDispute(session: Session, key: DisputeKey, options?: CallOptions): Promise<OpenedDispute> {
  return withTerms<DisputeSkeleton, DisputeTerms>(await ask(session, certificateVerbs.openDispute, key, options), 'dispute');
}
