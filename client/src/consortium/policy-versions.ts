import { consortiumVerbs } from '@dualchain/model';
import type { ChannelPolicyVersion } from '../results/objects';
import { listOf } from '../results/pages';
import { typed } from '../results/typed';
import type { CallOptions, Session } from '../session';

/** Every version that the channel policy had, the oldest first, each with the motion that made it. */
export function policyVersions(session: Session, options?: CallOptions): AsyncGenerator<ChannelPolicyVersion, void, undefined> {
  return listOf(session, consortiumVerbs.policyVersions, {}, (version): ChannelPolicyVersion => typed(version), options);
}
