import { DualchainError } from '@dualchain/model';
import type { MemberRecord, Role } from '@dualchain/model';
import type { Call } from './call';
import type { PublicState } from './public-state';

/** Most members that a consortium has. */
export const MAX_MEMBERS = 100;

/**
 * A member, active or suspended; undefined for everyone else. A record counts only if the channel's own list names it:
 * two colluders could write the record of a stranger, but only a vote changes the list. Two reads, one of them shared by
 * all questions of a transaction.
 */
export async function memberOf(state: PublicState, mspId: string): Promise<MemberRecord | undefined> {
  const channel = await state.get('channelPolicy', 'current');
  return channel?.members.includes(mspId) === true ? state.get('member', mspId) : undefined;
}

/** All members by MSP id. One read and a range over them, which strangers' records cannot crowd; what they hide is read by name. */
export async function membersOf(state: PublicState): Promise<MemberRecord[]> {
  const names = (await state.get('channelPolicy', 'current'))?.members ?? [];
  const found = new Map((await state.scan('member', [], names.length)).map(({ value }) => [value.mspId, value]));
  const members: MemberRecord[] = [];
  for (const mspId of names) members.push(found.get(mspId) ?? (await state.require('member', mspId)));
  return members;
}

/** An active member, with the role if one is named. Two reads. Throws NOT_A_MEMBER and WRONG_ROLE. */
export async function requireMember({ state }: Pick<Call, 'state'>, mspId: string, role?: Role): Promise<MemberRecord> {
  const member = await memberOf(state, mspId);
  if (member?.state !== 'active') throw notAMember(mspId, member);
  if (role !== undefined && !member.roles.includes(role)) throw new DualchainError('WRONG_ROLE', `${mspId} is not a ${role}; it has ${member.roles.join(', ')}.`, { details: { mspId, needs: [role], has: member.roles } });
  return member;
}

export function notAMember(mspId: string, member?: Pick<MemberRecord, 'state'>): DualchainError {
  const why = member?.state === 'suspended' ? 'is suspended: it starts nothing new until a vote readmits it' : 'is not an active member of the consortium';
  return new DualchainError('NOT_A_MEMBER', `${mspId} ${why}.`, { details: { mspId, ...(member === undefined ? {} : { state: member.state }) } });
}
