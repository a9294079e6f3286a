import { canonicalJson, DualchainError, hasCheckDigit, sha256Hex } from '@dualchain/model';
import type { ChannelRecord, consortiumVerbs, InputOf, MemberRecord } from '@dualchain/model';

export type FoundingDocument = InputOf<typeof consortiumVerbs.bootstrap>;

export interface Founding {
  readonly members: readonly MemberRecord[];
  readonly channel: ChannelRecord;
}

/** SHA-256 (hex) of the founding document: what every founding member anchors. */
export function foundationOf(document: FoundingDocument): string {
  return sha256Hex(canonicalJson(document));
}

/**
 * Founds the consortium (finance.md, "Consortium"). Members differ in MSP id and GLN; the caller is one of them; a vote
 * needs a majority at least, so that no minority can ever admit or suspend. Throws INVALID_INPUT, NOT_A_PARTY.
 */
export function found(document: FoundingDocument, caller: string, at: string): Founding {
  const { members, policy } = document;
  refuseTwice(members.map(({ mspId }) => mspId), 'MSP id');
  refuseTwice(members.map(({ gln }) => gln), 'GLN');
  for (const { mspId, gln, roles } of members) {
    if (!hasCheckDigit(gln)) throw new DualchainError('INVALID_INPUT', `The GLN ${gln} of ${mspId} has a wrong check digit.`, { details: { mspId, gln } });
    refuseTwice(roles, `role of ${mspId}`);
  }
  if (!members.some(({ mspId }) => mspId === caller)) throw new DualchainError('NOT_A_PARTY', `${caller} founds a consortium that it is not a member of; add it to the members.`, { details: { caller } });
  const majority = Math.floor(members.length / 2) + 1;
  if (policy.voteThreshold < majority || policy.voteThreshold > members.length) {
    throw new DualchainError('INVALID_INPUT', `A vote must need at least a majority, so between ${majority} and ${members.length} of the ${members.length} members.`, { details: { voteThreshold: policy.voteThreshold, majority } });
  }
  const authorities = members.filter(({ roles }) => roles.includes('authority')).map(({ mspId }) => mspId);
  const [authority] = authorities;
  if (authorities.length > 1) throw new DualchainError('INVALID_INPUT', `Only one member may have the role authority, not ${authorities.join(' and ')}: it stands in for a party that is gone.`, { details: { authorities } });
  return {
    members: members.map((member) => ({ ...member, state: 'active', since: at })),
    channel: { policy, version: 1, foundedAt: at, foundation: foundationOf(document), ...(authority === undefined ? {} : { authority }) },
  };
}

function refuseTwice(values: readonly string[], what: string): void {
  const twice = values.find((value, index) => values.indexOf(value) !== index);
  if (twice !== undefined) throw new DualchainError('INVALID_INPUT', `The ${what} ${twice} is there twice.`, { details: { twice } });
}
