import { anchorKey, canonicalJson, nameOf, sha256Hex } from '@dualchain/model';
import type { MemberRecord, ObjectType } from '@dualchain/model';
import type { LedgerState } from './ledger-state';

/** Whether the author itself stands behind exactly this public fact, by the anchor in its own collection. */
export function standsBehind(state: LedgerState, author: string, type: ObjectType, attributes: readonly string[], fact: unknown): boolean {
  const anchor = canonicalJson({ key: nameOf(type, attributes), hash: sha256Hex(canonicalJson(fact)) });
  return state.hashAt(author, anchorKey(type, attributes)) === sha256Hex(anchor);
}

/** A member of the consortium, active or suspended; a record that the channel does not name is nothing but text. */
export function memberOf(state: LedgerState, mspId: string): MemberRecord | undefined {
  return state.get('channelPolicy', 'current')?.members.includes(mspId) === true ? state.get('member', mspId) : undefined;
}
