import { consortiumVerbs } from '@dualchain/model';
import type { MemberOfConsortium } from '../results/objects';
import { listOf } from '../results/pages';
import { typed } from '../results/typed';
import type { CallOptions, Session } from '../session';

/** All members of the consortium; none before it is founded. */
export function members(session: Session, options?: CallOptions): AsyncGenerator<MemberOfConsortium, void, undefined> {
  return listOf(session, consortiumVerbs.members, {}, (member): MemberOfConsortium => typed(member), options);
}
