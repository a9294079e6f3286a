import { canonicalJson, DualchainError, motionTable, sha256Hex } from '@dualchain/model';
import type { ChannelRecord, MemberRecord, MotionChange, MotionSkeleton, VoteRecord } from '@dualchain/model';
import { requireNotExpired, requireTransition } from '../transition';
import type { Guard } from './guard';
import { decideChange } from './membership';

const DAY = 86_400_000;
/** Longest life of a motion: those who voted must still mean it. */
const MAX_DAYS = 90;

export interface Proposal {
  readonly id: string;
  readonly change: MotionChange;
  readonly expiresAt: string;
  readonly proposer: string;
  readonly at: string;
}

/** A new motion. What could not be enacted today is refused at once. Throws EXPIRED, INVALID_INPUT, NOT_FOUND, ALREADY_EXISTS, WRONG_STATE. */
export function proposeMotion({ id, change, expiresAt, proposer, at }: Proposal, channel: ChannelRecord, members: readonly MemberRecord[]): MotionSkeleton {
  const { to } = requireTransition(motionTable, 'proposeMotion', { id, state: null, parties: {} }, proposer);
  requireNotExpired(`The motion ${id}`, expiresAt, at);
  const latest = new Date(Date.parse(at) + MAX_DAYS * DAY).toISOString();
  if (expiresAt > latest) throw new DualchainError('INVALID_INPUT', `A motion is open for ${MAX_DAYS} days at most; the latest expiry is ${latest}.`, { details: { expiresAt, latest } });
  const motion: MotionSkeleton = { id, proposer, state: to, change, base: baseOf(change, channel, members), proposedAt: at, expiresAt };
  decideChange(motion, channel, members, at);
  return motion;
}

/** What the proposer anchors and the voters vote on: everything about a motion that never changes. */
export function motionFact({ id, proposer, change, base, proposedAt, expiresAt }: MotionSkeleton): Record<string, unknown> {
  return { id, proposer, change, base, proposedAt, expiresAt };
}

/** What creation fixes of a motion. */
export function proposedContent({ proposer, change, expiresAt }: Pick<MotionSkeleton, 'proposer' | 'change' | 'expiresAt'>): Record<string, unknown> {
  return { proposer, change, expiresAt };
}

/** A vote on exactly this motion. */
export function voteOn(motion: MotionSkeleton, mspId: string, inFavour: boolean): VoteRecord {
  return { motionId: motion.id, mspId, inFavour, motion: sha256Hex(canonicalJson(motionFact(motion))) };
}

/** A member votes; `standing`: its own earlier vote, by its anchor. Throws WRONG_STATE, EXPIRED, ALREADY_EXISTS (it voted otherwise). */
export function castVote(motion: MotionSkeleton, standing: VoteRecord | undefined, inFavour: boolean, caller: string, at: string): VoteRecord {
  step(motion, 'castVote', caller);
  requireNotExpired(`The motion ${motion.id}`, motion.expiresAt, at);
  if (standing !== undefined && standing.inFavour !== inFavour) throw new DualchainError('ALREADY_EXISTS', `${caller} voted ${standing.inFavour ? 'for' : 'against'} the motion ${motion.id}; a vote stands. Propose another motion.`, { details: { motionId: motion.id } });
  return voteOn(motion, caller, inFavour);
}

/** Throws NOT_A_PARTY, WRONG_STATE. */
export function withdrawMotion(motion: MotionSkeleton, caller: string, at: string): MotionSkeleton {
  return { ...motion, state: step(motion, 'withdrawMotion', caller), closedAt: at };
}

/** Throws WRONG_STATE, NOT_YET. */
export function expireMotion(motion: MotionSkeleton, caller: string, at: string): MotionSkeleton {
  const state = step(motion, 'expireMotion', caller);
  if (at < motion.expiresAt) throw new DualchainError('NOT_YET', `The motion ${motion.id} is open until ${motion.expiresAt}.`, { details: { expiresAt: motion.expiresAt, at } });
  return { ...motion, state, closedAt: at };
}

/** Enacts a motion that enough active members voted for. Throws WRONG_STATE, EXPIRED, VOTES_MISSING. */
export function enactMotion(motion: MotionSkeleton, inFavour: readonly string[], { needed, active }: Guard, caller: string, at: string): MotionSkeleton {
  const state = step(motion, 'enactMotion', caller);
  requireNotExpired(`The motion ${motion.id}`, motion.expiresAt, at);
  const votes = active.filter((mspId) => inFavour.includes(mspId));
  if (votes.length < needed) {
    throw new DualchainError('VOTES_MISSING', `The motion ${motion.id} has ${votes.length} of the ${needed} votes that it needs (${votes.join(', ') || 'none'}); ask more members to vote for it.`, { details: { motionId: motion.id, votes, needed } });
  }
  return { ...motion, state, closedAt: at };
}

/** Version of what a change starts from: of the policy, or of the member's record; 0 where there is none. */
export function baseOf(change: MotionChange, channel: ChannelRecord, members: readonly MemberRecord[]): number {
  if (change.kind === 'change policy') return channel.version;
  const mspId = change.kind === 'admit' ? change.member.mspId : change.mspId;
  return members.find((member) => member.mspId === mspId)?.version ?? 0;
}

function step(motion: MotionSkeleton, verb: string, caller: string): MotionSkeleton['state'] {
  const { id, state, proposer } = motion;
  return requireTransition(motionTable, verb, { id, state, parties: { self: proposer } }, caller).to;
}
