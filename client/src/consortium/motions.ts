import { consortiumVerbs } from '@dualchain/model';
import type { Motion } from '../results/objects';
import { listOf } from '../results/pages';
import { typed } from '../results/typed';
import type { CallOptions, Session } from '../session';

/** All motions that were ever proposed, whatever became of them. */
export function motions(session: Session, options?: CallOptions): AsyncGenerator<Motion, void, undefined> {
  return listOf(session, consortiumVerbs.motions, {}, (motion): Motion => typed(motion), options);
}
