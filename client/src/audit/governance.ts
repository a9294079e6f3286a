import { canonicalJson, sha256Hex } from '@dualchain/model';
import type { ChannelRecord, MotionSkeleton } from '@dualchain/model';
import { standsBehind } from './anchors';
import { stepInvariant } from './invariant';
import type { Findings } from './invariant';
import type { LedgerState } from './ledger-state';
import { changesOf } from './step';
import type { Step } from './step';

/** A record of somebody whom the channel does not name makes nobody a member and changes nothing; invariant 18 tells of it. */
export const changedByVote = stepInvariant('vote', 'Members and policy of the consortium change by its founding and by vote only', (step, state, find) => {
  const channel = state.get('channelPolicy', 'current');
  const [change] = changesOf(step, 'channelPolicy');
  const before = change === undefined ? channel : change.before;
  const named = new Set([...(before?.members ?? []), ...(channel?.members ?? [])]);
  requireVersions(step, change?.before, channel, find);
  if (change === undefined && !changesOf(step, 'member').some(({ attributes: [mspId = ''] }) => named.has(mspId))) return;
  if (before === undefined) {
    const missing = channel?.members.find((mspId) => !step.endorsers.includes(mspId));
    find.require(step.verb === 'bootstrap' && missing === undefined, step, () => `the consortium was founded by ${step.verb} without ${missing ?? 'its members'}`);
    return;
  }
  const [motion] = changesOf(step, 'motion');
  const enacted = motion?.before?.state === 'open' && motion.after?.state === 'enacted' && step.at < motion.before.expiresAt;
  if (!find.require(step.verb === 'enactMotion' && enacted, step, () => `${step.verb} changed members or policy without an open motion`) || motion?.before === undefined) return;
  requireCarried(motion.before, before, step, state, find);
});

/** As many active members as a vote needs hold the anchor of their vote for exactly this motion. */
function requireCarried(motion: MotionSkeleton, channel: ChannelRecord, step: Step, state: LedgerState, find: Findings): void {
  const recordOf = (mspId: string) => changesOf(step, 'member').find(({ attributes }) => attributes[0] === mspId)?.before ?? state.get('member', mspId);
  const active = channel.members.filter((mspId) => recordOf(mspId)?.state === 'active');
  const needed = Math.min(active.length, Math.max(channel.policy.voteThreshold, Math.floor(active.length / 2) + 1));
  const { id, proposer, change, base, proposedAt, expiresAt } = motion;
  const content = sha256Hex(canonicalJson({ id, proposer, change, base, proposedAt, expiresAt }));
  const inFavour = active.filter((mspId) => standsBehind(state, mspId, 'vote', [id, mspId], { motionId: id, mspId, inFavour: true, motion: content }));
  find.require(inFavour.length >= needed, step, () => `the motion ${id} was enacted with ${inFavour.length} votes of ${needed}`);
}

/** Each version of the policy is reserved once and written once, and the channel counts them. */
function requireVersions(step: Step, before: ChannelRecord | undefined, channel: ChannelRecord | undefined, find: Findings): void {
  for (const { attributes, before: reserved, after } of changesOf(step, 'policyVersion')) {
    const first = step.verb === 'bootstrap' || (after !== undefined && 'reserved' in after);
    const once = reserved === undefined ? first : 'reserved' in reserved && after !== undefined && 'version' in after;
    find.require(once, step, () => `version ${attributes[0] ?? ''} of the policy was written again`);
  }
  if (before === undefined || channel === undefined) return;
  const grown = canonicalJson(before.policy) === canonicalJson(channel.policy) ? 0 : 1;
  find.require(channel.version - before.version === grown, step, () => `the policy went from version ${before.version} to ${channel.version}`);
}
