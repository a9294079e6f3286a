import type { InputOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { Dispute } from '../results/objects';
import { typed } from '../results/typed';
import type { CallOptions, Session } from '../session';
import { ask, orUndefined } from '../submission/ask';

export type DisputeKey = InputOf<typeof certificateVerbs.dispute>;

/** The public side of a dispute, as the own peer has it; undefined if there is none. */
export function getDispute(session: Session, key: DisputeKey, options?: CallOptions): Promise<Dispute | undefined> {
  return orUndefined(requireDispute(session, key, options));
}

/** The public side of a dispute, as the own peer has it. Throws NOT_FOUND. */
export async function requireDispute(session: Session, key: DisputeKey, options?: CallOptions): Promise<Dispute> {
  return typed(await ask(session, certificateVerbs.dispute, key, options));
}
