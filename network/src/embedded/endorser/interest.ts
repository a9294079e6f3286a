import { common, peer } from '@hyperledger/fabric-protos';
import type { TouchedNamespace } from '../interfaces';

/**
 * Which policies a simulation calls for, as a peer tells gateways (wire notes 1.3, "interest"): one call for the public
 * part of each namespace, one for each collection. System namespaces are skipped.
 */
export function interestOf(touched: readonly TouchedNamespace[], isSystem: (namespace: string) => boolean): peer.ChaincodeInterest {
  const interest = new peer.ChaincodeInterest();
  for (const ns of touched) {
    if (isSystem(ns.namespace)) continue;
    const written = ns.collections.filter((collection) => collection.writes);
    const onlyRead = !ns.publicWrites && written.length === 0;
    // Key policies of private keys are listed with the public part, as Fabric does.
    const keyPolicies = [...ns.keyPolicies, ...written.flatMap((collection) => collection.keyPolicies)];
    const policyApplies = onlyRead || (ns.publicWrites && ns.namespacePolicyApplies);
    if (policyApplies || keyPolicies.length > 0) {
      const call = callOf(ns.namespace);
      call.setKeyPoliciesList(keyPolicies.map((bytes) => common.SignaturePolicyEnvelope.deserializeBinary(bytes)));
      call.setDisregardNamespacePolicy(!policyApplies);
      interest.addChaincodes(call);
    }
    for (const collection of ns.collections) {
      if (!collection.reads && !(collection.writes && collection.collectionPolicyApplies)) continue;
      const call = callOf(ns.namespace);
      call.setCollectionNamesList([collection.name]);
      call.setNoPrivateReads(!collection.reads);
      interest.addChaincodes(call);
    }
  }
  return interest;
}

function callOf(name: string): peer.ChaincodeCall {
  const call = new peer.ChaincodeCall();
  call.setName(name);
  return call;
}
