import { DualchainError } from '@dualchain/model';
import type { ChannelRecord, consortiumVerbs, Created, MotionSkeleton, MotionStanding, Page, ResultOf, VoteRecord } from '@dualchain/model';
import { allOf, memberOf, membersOf, requireSameContent, sayOwn, versionAttribute } from '../../ledger';
import type { Call, CallOf } from '../../ledger';
import { guardOf, sameGuard } from '../../rules/consortium/guard';
import { decideChange } from '../../rules/consortium/membership';
import type { Decision } from '../../rules/consortium/membership';
import { castVote, enactMotion, expireMotion, motionFact, proposedContent, proposeMotion, voteOn, withdrawMotion } from '../../rules/consortium/motion';
import { consortiumPolicy, motionPolicy } from './policy';

type Verbs = typeof consortiumVerbs;
type Reader = Pick<Call, 'state' | 'anchors'>;

/** Writes the motion with its anchor, and the proposer's vote with its own. */
export async function propose(call: CallOf<Verbs['proposeMotion']>): Promise<Created<MotionSkeleton>> {
  const { state, anchors, input, caller, at } = call;
  const { motionId: id, change, expiresAt } = input;
  const proposer = caller.mspId;
  const standing = await state.get('motion', id);
  if (standing !== undefined) {
    requireSameContent('motion', [id], proposedContent(standing), proposedContent({ proposer, change, expiresAt }));
    return { ...standing, already: true };
  }
  const channel = await state.require('channelPolicy', 'current');
  const members = await membersOf(state);
  const motion = proposeMotion({ id, change, expiresAt, proposer, at }, channel, members);
  await state.create('motion', [id], motion, motionPolicy(proposer, guardOf(members, channel.policy)));
  await anchors.put('motion', [id], motionFact(motion), proposer);
  const vote = voteOn(motion, proposer, true);
  await state.create('vote', [id, proposer], vote, allOf([proposer]));
  await anchors.put('vote', [id, proposer], vote, proposer);
  call.emit({ ids: { motion: id, ...subjectOf(motion) }, from: null, to: motion.state });
  return motion;
}

/** A vote counts by its author's anchor over exactly this motion. */
export async function vote(call: CallOf<Verbs['castVote']>): Promise<Created<VoteRecord>> {
  const { state, input, caller, at } = call;
  const motion = await requireMotion(call, input.motionId);
  const standing = await voteOf(call, motion, caller.mspId);
  const cast = castVote(motion, standing, input.inFavour, caller.mspId, at);
  if (standing !== undefined) return { ...cast, already: true };
  await sayOwn({ state, anchors: call.anchors }, 'vote', [motion.id, caller.mspId], cast, caller.mspId);
  call.emit({ ids: { motion: motion.id, member: caller.mspId }, from: motion.state, to: motion.state });
  return cast;
}

export function withdraw(call: CallOf<Verbs['withdrawMotion']>): Promise<MotionSkeleton> {
  return close(call, (motion) => withdrawMotion(motion, call.caller.mspId, call.at));
}

export function expire(call: CallOf<Verbs['expireMotion']>): Promise<MotionSkeleton> {
  return close(call, (motion) => expireMotion(motion, call.caller.mspId, call.at));
}

/** Changes what the motion says. If it changes who decides, every key that members guard together is guarded anew. */
export async function enact(call: CallOf<Verbs['enactMotion']>): Promise<ResultOf<Verbs['enactMotion']>> {
  const { state, input, caller, at } = call;
  const motion = await requireMotion(call, input.motionId);
  const channel = await state.require('channelPolicy', 'current');
  const members = await membersOf(state);
  const guard = guardOf(members, channel.policy);
  const inFavour: string[] = [];
  for (const mspId of guard.active) if ((await voteOf(call, motion, mspId))?.inFavour === true) inFavour.push(mspId);
  const enacted = enactMotion(motion, inFavour, guard, caller.mspId, at);
  const decision = decideChange(motion, channel, members, at);
  await store(call, channel, decision, motion.id);
  if (!sameGuard(guard, decision.guard)) await guardAnew(call, members.map(({ mspId }) => mspId), decision);
  await state.update('motion', [motion.id], enacted);
  call.emit({ ids: { motion: motion.id, ...subjectOf(motion) }, from: motion.state, to: enacted.state });
  return { motion: enacted, channel: decision.channel, ...(decision.member === undefined ? {} : { member: decision.member }) };
}

/** Member by member, because what counts is each one's anchor and not what stands in the rows. */
export async function standingOf(call: CallOf<Verbs['motion']>): Promise<MotionStanding> {
  const { state, input, at } = call;
  const motion = await requireMotion(call, input.motionId);
  const { policy } = await state.require('channelPolicy', 'current');
  const { active, needed } = guardOf(await membersOf(state), policy);
  const votes: VoteRecord[] = [];
  for (const mspId of active) {
    const cast = await voteOf(call, motion, mspId);
    if (cast !== undefined) votes.push(cast);
  }
  const inFavour = votes.filter((each) => each.inFavour).map(({ mspId }) => mspId);
  return { motion, inFavour, against: votes.filter((each) => !each.inFavour).map(({ mspId }) => mspId), needed, carried: motion.state === 'open' && at < motion.expiresAt && inFavour.length >= needed };
}

/** Those that their proposers stand for. */
export async function motions({ state, anchors, input }: CallOf<Verbs['motions']>): Promise<Page<MotionSkeleton>> {
  const { items, bookmark } = await state.page('motion', [], input);
  const genuine: MotionSkeleton[] = [];
  for (const { value } of items) if (await isGenuine({ state, anchors }, value)) genuine.push(value);
  return { items: genuine, bookmark };
}

async function close(call: Call<{ motionId: string }>, rule: (motion: MotionSkeleton) => MotionSkeleton): Promise<MotionSkeleton> {
  const before = await requireMotion(call, call.input.motionId);
  const after = rule(before);
  await call.state.update('motion', [after.id], after);
  call.emit({ ids: { motion: after.id, ...subjectOf(after) }, from: before.state, to: after.state });
  return after;
}

async function store({ state, at }: Pick<Call, 'state' | 'at'>, before: ChannelRecord, { channel, member, admitted, guard }: Decision, motionId: string): Promise<void> {
  const policy = consortiumPolicy(guard);
  await state.update('channelPolicy', ['current'], channel, policy);
  if (member !== undefined) await (admitted ? state.create('member', [member.mspId], member, policy) : state.update('member', [member.mspId], member, policy));
  if (channel.version === before.version) return;
  const { version } = channel;
  await state.update('policyVersion', [versionAttribute(version)], { version, policy: channel.policy, since: at, motionId }, policy);
  await state.create('policyVersion', [versionAttribute(version + 1)], { reserved: true }, policy);
}

/** The keys that `store` did not write: at most one a member, and the version that is reserved. */
async function guardAnew({ state }: Pick<Call, 'state'>, mspIds: readonly string[], { channel, member, guard }: Decision): Promise<void> {
  const policy = consortiumPolicy(guard);
  for (const mspId of mspIds) if (mspId !== member?.mspId) await state.guard('member', [mspId], policy);
  await state.guard('policyVersion', [versionAttribute(channel.version + 1)], policy);
}

/** A motion that its proposer, a member, stands for. Three reads. Throws NOT_FOUND, NOT_GENUINE. */
async function requireMotion(reader: Reader, id: string): Promise<MotionSkeleton> {
  const motion = await reader.state.require('motion', id);
  if (!(await isGenuine(reader, motion))) throw new DualchainError('NOT_GENUINE', `The motion ${id} is not what ${motion.proposer} proposed; do not vote on it.`, { details: { motionId: id, proposer: motion.proposer } });
  return motion;
}

async function isGenuine({ state, anchors }: Reader, motion: MotionSkeleton): Promise<boolean> {
  return (await memberOf(state, motion.proposer)) !== undefined && (await anchors.stands('motion', [motion.id], motionFact(motion), motion.proposer));
}

/** What a member itself said; undefined if it did not vote on this motion. At most two hash reads. */
async function voteOf({ anchors }: Reader, motion: MotionSkeleton, mspId: string): Promise<VoteRecord | undefined> {
  for (const inFavour of [true, false]) {
    const cast = voteOn(motion, mspId, inFavour);
    if (await anchors.stands('vote', [motion.id, mspId], cast, mspId)) return cast;
  }
  return undefined;
}

function subjectOf({ change }: MotionSkeleton): { member?: string } {
  return change.kind === 'change policy' ? {} : { member: change.kind === 'admit' ? change.member.mspId : change.mspId };
}
