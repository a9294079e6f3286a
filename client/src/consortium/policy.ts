import { consortiumVerbs } from '@dualchain/model';
import type { Channel } from '../results/objects';
import { typed } from '../results/typed';
import type { CallOptions, Session } from '../session';
import { ask } from '../submission/ask';

/** The channel policy in force. Throws NOT_FOUND before the consortium is founded. */
export async function policy(session: Session, options?: CallOptions): Promise<Channel> {
  return typed(await ask(session, consortiumVerbs.policy, {}, options));
}
