import { compareUtf8, DualchainError, hasCheckDigit } from '@dualchain/model';
import type { ChannelPolicy, MemberRecord } from '@dualchain/model';

/** Who may change members and policy: so many of these. Key-level policies are made from it. */
export interface Guard {
  readonly needed: number;
  /** MSP ids of the active members, in order. */
  readonly active: readonly string[];
}

/**
 * How many votes a change needs: what the policy says, but always a majority of the active members, so that no minority
 * can change anything, and never more than there are, so that a suspension cannot lock the consortium.
 */
export function guardOf(members: readonly MemberRecord[], { voteThreshold }: Pick<ChannelPolicy, 'voteThreshold'>): Guard {
  const active = members.filter(({ state }) => state === 'active').map(({ mspId }) => mspId).sort(compareUtf8);
  return { needed: Math.min(active.length, Math.max(voteThreshold, majorityOf(active.length))), active };
}

export function sameGuard(one: Guard, other: Guard): boolean {
  return one.needed === other.needed && one.active.length === other.active.length && one.active.every((mspId, index) => other.active[index] === mspId);
}

export function majorityOf(members: number): number {
  return Math.floor(members / 2) + 1;
}

/** The one active member that is the authority, if there is one. Throws INVALID_INPUT where there would be two: it stands in for a party that is gone. */
export function authorityOf(members: readonly Pick<MemberRecord, 'mspId' | 'roles' | 'state'>[]): string | undefined {
  const authorities = members.filter(({ roles, state }) => state === 'active' && roles.includes('authority')).map(({ mspId }) => mspId);
  if (authorities.length > 1) throw new DualchainError('INVALID_INPUT', `Only one active member may have the role authority, not ${authorities.join(' and ')}: it stands in for a party that is gone.`, { details: { authorities } });
  return authorities[0];
}

/** A policy that these members can live by: its threshold is a majority that they can reach, its auditors are active members. Throws INVALID_INPUT. */
export function requireFitting({ voteThreshold, auditors, currencies }: ChannelPolicy, active: readonly string[]): void {
  const majority = majorityOf(active.length);
  if (voteThreshold < majority || voteThreshold > active.length) {
    throw new DualchainError('INVALID_INPUT', `A vote must need at least a majority, so between ${majority} and ${active.length} of the ${active.length} members.`, { details: { voteThreshold, majority } });
  }
  const stranger = auditors.find((mspId) => !active.includes(mspId));
  if (stranger !== undefined) throw new DualchainError('INVALID_INPUT', `The auditor ${stranger} is no active member; admit it first.`, { details: { mspId: stranger } });
  refuseTwice(auditors, 'auditor');
  refuseTwice(currencies, 'currency');
}

/** A member whose GLN and roles are in order. Throws INVALID_INPUT. */
export function requireSound({ mspId, gln, roles }: Pick<MemberRecord, 'mspId' | 'gln' | 'roles'>): void {
  if (!hasCheckDigit(gln)) throw new DualchainError('INVALID_INPUT', `The GLN ${gln} of ${mspId} has a wrong check digit.`, { details: { mspId, gln } });
  refuseTwice(roles, `role of ${mspId}`);
}

/** Throws INVALID_INPUT. */
export function refuseTwice(values: readonly string[], what: string): void {
  const twice = values.find((value, index) => values.indexOf(value) !== index);
  if (twice !== undefined) throw new DualchainError('INVALID_INPUT', `The ${what} ${twice} is there twice.`, { details: { twice } });
}
