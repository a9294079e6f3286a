import { status } from '@grpc/grpc-js';
import { common } from '@hyperledger/fabric-protos';
import type { ChannelBundle, PeerLedger, TouchedNamespace } from '../interfaces';
import { planApplicationPolicy } from '../policy';
import { findCollection, memberMspIds } from '../privdata/collections';
import { lookupDefinition } from '../syscc';
import { gatewayError } from './errors';
import type { Layout } from './layouts';
import { layoutsOf, mergeLayouts } from './layouts';

/** Sets of organisations that satisfy every policy that applies to what a simulation touched (wire notes 1.4). */
export function planLayouts(touched: readonly TouchedNamespace[], invoked: string, ledger: PeerLedger, bundle: ChannelBundle, hasTransient: boolean): Layout[] {
  const read = (key: string) => ledger.getState('_lifecycle', key)?.value;
  const policies: Layout[][] = [];
  const add = (policy: common.SignaturePolicyEnvelope | undefined) => {
    if (policy !== undefined) policies.push(layoutsOf(policy));
  };
  const addKey = (bytes: Uint8Array) => add(common.SignaturePolicyEnvelope.deserializeBinary(bytes));
  const addNamespace = (namespace: string) => {
    if (namespace === '_lifecycle') add(bundle.policies.asSignaturePolicy('/Channel/Application/LifecycleEndorsement'));
    else {
      const definition = lookupDefinition(read, namespace);
      if (definition !== undefined) add(planApplicationPolicy(definition.endorsementPolicy, bundle.policies));
    }
  };
  const strangers: string[] = [];
  let allowed: ReadonlySet<string> | undefined;
  for (const ns of touched) {
    if (ns.namespace === '_lifecycle' && invoked !== '_lifecycle') continue;
    if (ns.namespacePolicyApplies && ns.publicWrites) addNamespace(ns.namespace);
    ns.keyPolicies.forEach(addKey);
    for (const collection of ns.collections) {
      const definition = findCollection(read, lookupDefinition, bundle, ns.namespace, collection.name);
      if (definition === undefined || !collection.writes) continue;
      collection.keyPolicies.forEach(addKey);
      if (collection.collectionPolicyApplies) {
        if (definition.endorsementPolicy === undefined) addNamespace(ns.namespace);
        else add(planApplicationPolicy(definition.endorsementPolicy, bundle.policies));
      }
      if (hasTransient) {
        const members = memberMspIds(definition);
        allowed = allowed === undefined ? members : new Set([...allowed].filter((mspId) => members.has(mspId)));
        strangers.push(collection.name);
      }
    }
  }
  if (policies.length === 0) addNamespace(invoked);
  const layouts = mergeLayouts(policies);
  if (allowed === undefined) return layouts;
  const within = layouts.filter((layout) => [...layout].every((mspId) => allowed.has(mspId)));
  if (within.length === 0 && layouts.length > 0) {
    throw gatewayError(
      status.FAILED_PRECONDITION,
      `requires endorsement from organisation(s) that are not in the distribution policy of the private data collection(s): [${strangers.join(' ')}]; retry specifying trusted endorsing organizations to protect transient data`,
    );
  }
  return within;
}
