import { common, peer } from '@hyperledger/fabric-protos';
import type { Identity, MspManager, PolicyManager, SignedData } from '../interfaces';
import { satisfiesPolicy, verifiedIdentities } from './evaluate';
import { outOf } from './notation';

/** A policy that was not satisfied; the text is Fabric's. */
export class PolicyError extends Error {
  override readonly name = 'PolicyError';
}

type PolicyNode =
  | { readonly kind: 'signature'; readonly envelope: common.SignaturePolicyEnvelope }
  | { readonly kind: 'implicit'; readonly threshold: number; readonly subPolicy: string; readonly children: readonly string[] };

/** Policies of a channel configuration, by path. */
export function createPolicyManager(channelGroup: common.ConfigGroup, mspManager: MspManager): PolicyManager {
  const nodes = new Map<string, PolicyNode>();
  collect('/Channel', channelGroup);

  const satisfied = (path: string, identities: readonly Identity[]): boolean => {
    const node = nodes.get(path);
    if (node === undefined) return false;
    if (node.kind === 'signature') return satisfiesPolicy(node.envelope, identities);
    return node.children.filter((child) => satisfied(child, identities)).length >= node.threshold;
  };

  const asSignaturePolicy = (path: string): common.SignaturePolicyEnvelope | undefined => {
    const node = nodes.get(path);
    if (node === undefined || node.kind === 'signature') return node?.envelope;
    const children = node.children.map(asSignaturePolicy).filter((child): child is common.SignaturePolicyEnvelope => child !== undefined);
    return outOf(node.threshold, children);
  };

  return {
    satisfied,
    asSignaturePolicy,
    evaluate(path: string, signatures: readonly SignedData[]): void {
      const identities = verifiedIdentities(signatures, mspManager);
      if (satisfied(path, identities)) return;
      const node = nodes.get(path);
      if (node?.kind === 'implicit') {
        const met = node.children.filter((child) => satisfied(child, identities)).length;
        throw new PolicyError(`implicit policy evaluation failed - ${met} sub-policies were satisfied, but this policy requires ${node.threshold} of the '${node.subPolicy}' sub-policies to be satisfied`);
      }
      throw new PolicyError(node === undefined ? `policy ${path} not found` : `signature set did not satisfy policy ${path}`);
    },
  };

  function collect(path: string, group: common.ConfigGroup): void {
    const groups = group.getGroupsMap();
    const names = [...groups.keys()].sort();
    for (const [name, configPolicy] of group.getPoliciesMap().entries()) {
      const policy = configPolicy.getPolicy();
      if (policy === undefined) continue;
      if (policy.getType() === common.Policy.PolicyType.SIGNATURE) {
        nodes.set(`${path}/${name}`, { kind: 'signature', envelope: common.SignaturePolicyEnvelope.deserializeBinary(policy.getValue_asU8()) });
      } else if (policy.getType() === common.Policy.PolicyType.IMPLICIT_META) {
        const meta = common.ImplicitMetaPolicy.deserializeBinary(policy.getValue_asU8());
        const Rule = common.ImplicitMetaPolicy.Rule;
        const threshold = meta.getRule() === Rule.ANY ? Math.min(1, names.length) : meta.getRule() === Rule.ALL ? names.length : Math.floor(names.length / 2) + 1;
        nodes.set(`${path}/${name}`, { kind: 'implicit', threshold, subPolicy: meta.getSubPolicy(), children: names.map((child) => `${path}/${child}/${meta.getSubPolicy()}`) });
      }
    }
    for (const name of names) collect(`${path}/${name}`, groups.get(name) ?? new common.ConfigGroup());
  }
}

/** Whether verified identities satisfy a serialized peer.ApplicationPolicy. */
export function satisfiesApplicationPolicy(bytes: Uint8Array, policies: PolicyManager, identities: readonly Identity[]): boolean {
  const policy = peer.ApplicationPolicy.deserializeBinary(bytes);
  const signature = policy.getSignaturePolicy();
  if (signature !== undefined) return satisfiesPolicy(signature, identities);
  return policies.satisfied(policy.getChannelConfigPolicyReference(), identities);
}

/** The same policy in a form from which endorsers can be planned. */
export function planApplicationPolicy(bytes: Uint8Array, policies: PolicyManager): common.SignaturePolicyEnvelope | undefined {
  const policy = peer.ApplicationPolicy.deserializeBinary(bytes);
  return policy.getSignaturePolicy() ?? policies.asSignaturePolicy(policy.getChannelConfigPolicyReference());
}
