import { common } from '@hyperledger/fabric-protos';
import type { peer } from '@hyperledger/fabric-protos';
import type { ChannelBundle, PeerLedger } from '../interfaces';
import { planApplicationPolicy, satisfiesPolicy } from '../policy';
import { findCollection } from '../privdata/collections';
import { isSystemChaincode, lookupDefinition } from '../syscc';
import type { GatewayPeer } from './options';
import type { Group, Layout } from './layouts';
import { layoutsOf, mergeLayouts } from './layouts';

/** Why no endorsers can be named; the text is Fabric's. */
export class PlanError extends Error {
  override readonly name = 'PlanError';
}

/** Combinations of endorsers that satisfy every policy that applies, and who can stand for each principal. */
export interface Descriptor {
  readonly layouts: readonly Layout[];
  readonly endorsers: ReadonlyMap<Group, readonly GatewayPeer[]>;
}

/** Names endorsers for what a simulation touched, as Fabric's discovery service does (wire notes 1.4). Throws PlanError. */
export function describeEndorsers(interest: peer.ChaincodeInterest, peers: readonly GatewayPeer[], ledger: PeerLedger, bundle: ChannelBundle): Descriptor {
  const calls = interest.getChaincodesList();
  const read = (key: string) => ledger.getState('_lifecycle', key)?.value;
  const eligible = calls.reduce((allowed, call) => allowed.filter(memberOf(call)), [...peers]);
  const policies = [...calls.flatMap(policiesOf), ...calls.flatMap((call) => call.getKeyPoliciesList())];
  const combinations = policies.map((policy) => layoutsOf(policy));
  if (combinations.length === 0) throw new PlanError('no principal sets remained after filtering');
  if (combinations.some((layouts) => layouts.length === 0)) throw new PlanError('endorsement policy cannot be satisfied');

  const standing = new Map<Group, GatewayPeer[]>();
  const able = (group: Group, among: readonly GatewayPeer[]) => among.filter((each) => each.identity.satisfies(group.principal));
  const possible = mergeLayouts(combinations).filter((layout) => [...layout].every(([group, count]) => able(group, eligible).length >= count));
  if (possible.length === 0) throw new PlanError('no peer combination can satisfy the endorsement policy');
  const withChaincode = eligible.filter((each) => calls.every((call) => each.hasChaincode(call.getName())));
  const layouts = possible.filter((layout) =>
    [...layout].every(([group, count]) => {
      const candidates = standing.get(group) ?? able(group, withChaincode);
      standing.set(group, candidates);
      return candidates.length >= count;
    }),
  );
  if (layouts.length === 0) throw new PlanError('required chaincodes are not installed on sufficient peers');
  return { layouts, endorsers: standing };

  function policiesOf(call: peer.ChaincodeCall): common.SignaturePolicyEnvelope[] {
    const name = call.getName();
    if (call.getDisregardNamespacePolicy()) return [];
    const definition = isSystemChaincode(name) ? undefined : lookupDefinition(read, name);
    if (definition === undefined && name !== '_lifecycle') throw new PlanError(`No metadata was found for chaincode ${name} in channel ${bundle.channelId}`);
    const namespacePolicy = definition === undefined ? bundle.policies.asSignaturePolicy('/Channel/Application/LifecycleEndorsement') : planApplicationPolicy(definition.endorsementPolicy, bundle.policies);
    const collections = call.getCollectionNamesList();
    const found = collections.length === 0 ? [namespacePolicy] : collections.map((collection) => collectionPolicy(name, collection) ?? namespacePolicy);
    if (found.some((policy) => policy === undefined)) throw new PlanError('policy not found');
    return found.filter((policy): policy is common.SignaturePolicyEnvelope => policy !== undefined);
  }

  function collectionPolicy(chaincode: string, name: string): common.SignaturePolicyEnvelope | undefined {
    const collection = findCollection(read, lookupDefinition, bundle, chaincode, name);
    if (collection === undefined) throw new PlanError(`collection ${name} doesn't exist in collection config for chaincode ${chaincode}`);
    return collection.endorsementPolicy === undefined ? undefined : planApplicationPolicy(collection.endorsementPolicy, bundle.policies);
  }

  /** Where private data is read, or must be protected, only members of the collections may endorse. */
  function memberOf(call: peer.ChaincodeCall): (candidate: GatewayPeer) => boolean {
    const collections = call.getNoPrivateReads() ? [] : call.getCollectionNamesList();
    const members = collections.map((name) => findCollection(read, lookupDefinition, bundle, call.getName(), name)?.memberPolicy);
    return ({ identity }) => members.every((policy) => policy !== undefined && satisfiesPolicy(common.SignaturePolicyEnvelope.deserializeBinary(policy), [identity]));
  }
}
