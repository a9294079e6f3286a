import { consortiumVerbs } from '@dualchain/model';
import type { MotionId, StandingMotion } from '../results/objects';
import { typed } from '../results/typed';
import type { CallOptions, Session } from '../session';
import { ask, orUndefined } from '../submission/ask';

/** A motion with the votes that count now and how many it needs; undefined if there is none. */
export async function getMotion(session: Session, motionId: MotionId, options?: CallOptions): Promise<StandingMotion | undefined> {
  const found = await orUndefined(ask(session, consortiumVerbs.motion, { motionId }, options));
  return found === undefined ? undefined : typed(found);
}
