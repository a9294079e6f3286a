import type { common } from '@hyperledger/fabric-protos';
import type { Identity, MspManager, SignedData } from '../interfaces';
import { hex } from '../protos';

/**
 * Drops what Fabric drops before it looks at a policy: identities that do not deserialize, that repeat, or whose
 * signature fails.
 */
export function verifiedIdentities(signatures: readonly SignedData[], mspManager: MspManager): Identity[] {
  const seen = new Set<string>();
  const identities: Identity[] = [];
  for (const { identity: serialized, message, signature } of signatures) {
    const key = hex(serialized);
    if (seen.has(key)) continue;
    let identity: Identity;
    try {
      identity = mspManager.deserialize(serialized);
    } catch {
      continue;
    }
    seen.add(key);
    if (identity.verify(message, signature)) identities.push(identity);
  }
  return identities;
}

/**
 * Depth first and greedy like Fabric: a principal takes the first unused identity that satisfies it, and a failed
 * sub-rule gives back what it took. The order of identities therefore matters, and must be the envelope's.
 */
export function satisfiesPolicy(policy: common.SignaturePolicyEnvelope, identities: readonly Identity[]): boolean {
  const principals = policy.getIdentitiesList();
  const root = policy.getRule();
  if (root === undefined) return false;
  return evaluate(root, identities.map(() => false));

  function evaluate(rule: common.SignaturePolicy, used: boolean[]): boolean {
    const nested = rule.getNOutOf();
    if (nested !== undefined) {
      let satisfied = 0;
      const attempt = [...used];
      for (const sub of nested.getRulesList()) {
        const trial = [...attempt];
        if (!evaluate(sub, trial)) continue;
        satisfied += 1;
        attempt.splice(0, attempt.length, ...trial);
      }
      if (satisfied < nested.getN()) return false;
      used.splice(0, used.length, ...attempt);
      return true;
    }
    const principal = principals[rule.getSignedBy()];
    if (principal === undefined) return false;
    const index = identities.findIndex((identity, position) => used[position] !== true && identity.satisfies(principal));
    if (index < 0) return false;
    used[index] = true;
    return true;
  }
}
