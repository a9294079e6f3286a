import { DualchainError } from '@dualchain/model';
import type { ChannelPolicy } from '@dualchain/model';
import type { Call } from './call';
import { allOf } from './endorsement';
import type { LedgerObjects } from './keys';

type Ledger = Pick<Call, 'state' | 'anchors'>;

/**
 * An organisation says something under a key that follows from who it is (its vote, its own policy, who may report at its places), so that it cannot
 * choose another one if colluders were there first. What counts is the anchor in its own collection; the public row is
 * for readers, and is left alone where others have written it. Two reads; writes 3 at most.
 */
export async function sayOwn<T extends 'vote' | 'organisationPolicy' | 'placeDelegation'>({ state, anchors }: Ledger, type: T, attributes: readonly string[], fact: LedgerObjects[T], author: string): Promise<void> {
  const standing = await state.get(type, ...attributes);
  if (standing === undefined) await state.create(type, attributes, fact, allOf([author]));
  else if (await anchors.stands(type, attributes, standing, author)) await state.update(type, attributes, fact);
  await anchors.put(type, attributes, fact, author);
}

/** Whether maker and checker of an acceptance by this organisation must be two identities: yes, unless its own anchor says no. One hash read. */
export async function twoPeopleAt({ anchors }: Pick<Call, 'anchors'>, mspId: string): Promise<boolean> {
  return !(await anchors.stands('organisationPolicy', [mspId], { mspId, twoPeople: false }, mspId));
}

/**
 * The channel policy of a version, for objects that keep the rules they were made under. One read. Throws NOT_FOUND.
 */
export async function policyOfVersion({ state }: Pick<Call, 'state'>, version: number): Promise<ChannelPolicy> {
  const found = await state.require('policyVersion', versionAttribute(version));
  if (!('policy' in found)) throw new DualchainError('NOT_FOUND', `The channel policy has no version ${version}.`, { details: { version } });
  return found.policy;
}

/** Versions sort by number in key order. */
export function versionAttribute(version: number): string {
  return version.toString().padStart(8, '0');
}
