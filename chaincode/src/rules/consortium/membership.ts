import { compareUtf8, DualchainError, memberTable } from '@dualchain/model';
import type { ChannelPolicy, ChannelRecord, MemberRecord, MotionChange, MotionSkeleton } from '@dualchain/model';
import { outcomeOf, requireTransition } from '../transition';
import { authorityOf, guardOf, refuseTwice, requireFitting, requireSound } from './guard';
import type { Guard } from './guard';

/** Most members that a consortium has. */
const MAX_MEMBERS = 100;
/** Fewest active members: with fewer, nobody could witness anything. */
const MIN_ACTIVE = 2;

/** What a motion makes of the consortium. */
export interface Decision {
  readonly channel: ChannelRecord;
  /** The member that it changes, if it changes one; `new`: it had no record before. */
  readonly member?: MemberRecord;
  readonly admitted: boolean;
  /** Members and policy as they are from then on. */
  readonly guard: Guard;
}

/**
 * What enacting a motion does (finance.md, "Consortium"). Throws WRONG_STATE where what it changes is not as it was when
 * proposed, and what the kinds of change throw: NOT_FOUND, ALREADY_EXISTS, WRONG_STATE, INVALID_INPUT, TOO_LARGE.
 */
export function decideChange(motion: MotionSkeleton, channel: ChannelRecord, members: readonly MemberRecord[], at: string): Decision {
  const { change } = motion;
  if (change.kind === 'change policy') return changePolicy(motion, change.policy, channel, members);
  const before = members.find(({ mspId }) => mspId === nameOf(change));
  const version = (before?.version ?? 0) + 1;
  const changed = changeMember(change, before, motion.proposer);
  requireBase(motion, before?.version ?? 0, `the member ${changed.mspId}`);
  const member: MemberRecord = { ...changed, since: at, version, motionId: motion.id };
  const others = members.filter(({ mspId }) => mspId !== member.mspId);
  if (before === undefined) requireNew(member, others);
  const next = [...others, member];
  const guard = guardOf(next, channel.policy);
  if (guard.active.length < MIN_ACTIVE) throw new DualchainError('INVALID_INPUT', `The consortium needs ${MIN_ACTIVE} active members at least; readmit or admit another one first.`, { details: { active: guard.active } });
  const { authority: _, ...rest } = channel;
  const authority = authorityOf(next);
  return { member, admitted: before === undefined, guard, channel: { ...rest, members: next.map(({ mspId }) => mspId).sort(compareUtf8), ...(authority === undefined ? {} : { authority }) } };
}

function changePolicy(motion: MotionSkeleton, policy: ChannelPolicy, channel: ChannelRecord, members: readonly MemberRecord[]): Decision {
  requireBase(motion, channel.version, 'the channel policy');
  const guard = guardOf(members, policy);
  requireFitting(policy, guard.active);
  return { admitted: false, guard, channel: { ...channel, policy, version: channel.version + 1 } };
}

type MemberChange = Exclude<MotionChange, { kind: 'change policy' }>;

/** The member as the change leaves it, by its row of the table. */
function changeMember(change: MemberChange, before: MemberRecord | undefined, caller: string): Pick<MemberRecord, 'mspId' | 'name' | 'gln' | 'roles' | 'state'> {
  const id = nameOf(change);
  if (change.kind === 'admit') {
    if (before !== undefined) throw new DualchainError('ALREADY_EXISTS', `${id} is a member already${before.state === 'suspended' ? '; propose to readmit it' : ''}.`, { details: { mspId: id } });
    requireSound(change.member);
    return { ...change.member, state: requireTransition(memberTable, 'admitMember', { id, state: null, parties: {} }, caller).to };
  }
  if (before === undefined) throw new DualchainError('NOT_FOUND', `${id} is no member.`, { details: { mspId: id } });
  const row = requireTransition(memberTable, verbOf[change.kind], { id, state: before.state, parties: {} }, caller);
  if (change.kind !== 'change roles') return { ...before, state: row.to };
  refuseTwice(change.roles, `role of ${id}`);
  return { ...before, roles: change.roles, state: outcomeOf(row, before.state) };
}

const verbOf = { 'change roles': 'changeRoles', suspend: 'suspendMember', readmit: 'readmitMember' } as const;

function nameOf(change: MemberChange): string {
  return change.kind === 'admit' ? change.member.mspId : change.mspId;
}

function requireNew({ mspId, gln }: MemberRecord, others: readonly MemberRecord[]): void {
  const twin = others.find((other) => other.gln === gln);
  if (twin !== undefined) throw new DualchainError('INVALID_INPUT', `The GLN ${gln} belongs to ${twin.mspId}.`, { details: { mspId, gln, holder: twin.mspId } });
  if (others.length >= MAX_MEMBERS) throw new DualchainError('TOO_LARGE', `A consortium has ${MAX_MEMBERS} members at most.`, { details: { members: others.length } });
}

function requireBase({ id, base }: MotionSkeleton, version: number, what: string): void {
  if (base !== version) throw new DualchainError('WRONG_STATE', `The motion ${id} was proposed about version ${base} of ${what}, which is at version ${version} now; propose it anew.`, { details: { motionId: id, base, version } });
}
