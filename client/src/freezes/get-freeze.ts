import type { InputOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { Freeze } from '../results/objects';
import { typed } from '../results/typed';
import type { CallOptions, Session } from '../session';
import { ask, orUndefined } from '../submission/ask';

export type FreezeKey = InputOf<typeof certificateVerbs.freeze>;

/** One order over a certificate or holding with its state now, as the own peer has it; undefined if there is none. */
export function getFreeze(session: Session, key: FreezeKey, options?: CallOptions): Promise<Freeze | undefined> {
  return orUndefined(requireFreeze(session, key, options));
}

/** One order over a certificate or holding with its state now, as the own peer has it. Throws NOT_FOUND. */
export async function requireFreeze(session: Session, key: FreezeKey, options?: CallOptions): Promise<Freeze> {
  return typed(await ask(session, certificateVerbs.freeze, key, options));
}
