import { consortiumVerbs } from '@dualchain/model';
import type { MemberOfConsortium } from '../results/objects';
import { typed } from '../results/typed';
import type { CallOptions, Session } from '../session';
import { ask, orUndefined } from '../submission/ask';

/** One member with its roles; undefined if the organisation is no member. */
export async function getMember(session: Session, mspId: string, options?: CallOptions): Promise<MemberOfConsortium | undefined> {
  const found = await orUndefined(ask(session, consortiumVerbs.member, { mspId }, options));
  return found === undefined ? undefined : typed(found);
}
