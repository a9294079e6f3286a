import { certificateVerbs } from '@dualchain/model';
import type { Holding, HoldingId } from '../results/objects';
import { typed } from '../results/typed';
import type { CallOptions, Session } from '../session';
import { ask, orUndefined } from '../submission/ask';

/** The public side of a holding, as the own peer has it; undefined if there is none. */
export function getHolding(session: Session, id: HoldingId, options?: CallOptions): Promise<Holding | undefined> {
  return orUndefined(requireHolding(session, id, options));
}

/** The public side of a holding, as the own peer has it. Throws NOT_FOUND. */
export async function requireHolding(session: Session, id: HoldingId, options?: CallOptions): Promise<Holding> {
  return typed(await ask(session, certificateVerbs.holding, { id }, options));
}
