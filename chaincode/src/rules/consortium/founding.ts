import { canonicalJson, compareUtf8, DualchainError, memberTable, sha256Hex, transitionOf } from '@dualchain/model';
import type { ChannelRecord, consortiumVerbs, InputOf, MemberRecord } from '@dualchain/model';
import { authorityOf, refuseTwice, requireFitting, requireSound } from './guard';

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
  const { policy } = document;
  const { to: state } = transitionOf(memberTable, 'bootstrap');
  const members = document.members.map((member): MemberRecord => ({ ...member, state, since: at, version: 1 }));
  const names = members.map(({ mspId }) => mspId);
  refuseTwice(names, 'MSP id');
  refuseTwice(members.map(({ gln }) => gln), 'GLN');
  members.forEach(requireSound);
  if (!names.includes(caller)) throw new DualchainError('NOT_A_PARTY', `${caller} founds a consortium that it is not a member of; add it to the members.`, { details: { caller } });
  requireFitting(policy, names);
  const authority = authorityOf(members);
  return { members, channel: { policy, version: 1, foundedAt: at, foundation: foundationOf(document), members: [...names].sort(compareUtf8), ...(authority === undefined ? {} : { authority }) } };
}
