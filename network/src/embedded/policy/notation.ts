import { common, msp } from '@hyperledger/fabric-protos';
import { NetworkError } from '../../errors';

/** Fabric's policy notation: `OutOf(2, 'BrandMSP.peer', AND('A.member', 'B.admin'))`. */
type Node = { readonly principal: string } | { readonly threshold: number; readonly rules: readonly Node[] };

const roleNames = ['member', 'admin', 'client', 'peer', 'orderer'] as const;

/** Parses a policy. Throws NetworkError TOPOLOGY_INVALID that shows where it broke. */
export function parsePolicy(text: string): common.SignaturePolicyEnvelope {
  const tokens = text.match(/'[^']*'|"[^"]*"|[A-Za-z]+|[0-9]+|[(),]|\S/g) ?? [];
  let position = 0;
  const broken = (expected: string): never => {
    throw new NetworkError('TOPOLOGY_INVALID', `Policy "${text}": expected ${expected} at "${tokens.slice(position, position + 3).join(' ') || 'the end'}".`, { policy: text });
  };
  const take = (token: string) => (tokens[position] === token ? (position += 1) : broken(`"${token}"`));

  const node = (): Node => {
    const token = tokens[position] ?? broken('a policy');
    position += 1;
    if (/^['"]/.test(token)) return { principal: token.slice(1, -1) };
    const operator = token.toUpperCase();
    if (!['AND', 'OR', 'OUTOF'].includes(operator)) broken("AND, OR, OutOf or a principal such as 'BankMSP.peer'");
    take('(');
    let threshold = 1;
    if (operator === 'OUTOF') {
      const count = tokens[position] ?? '';
      if (!/^[0-9]+$/.test(count)) broken('a number');
      threshold = Number(count);
      position += 1;
      take(',');
    }
    const rules = [node()];
    while (tokens[position] === ',') {
      position += 1;
      rules.push(node());
    }
    take(')');
    if (operator === 'AND') threshold = rules.length;
    if (threshold > rules.length + 1 || threshold < 1) broken(`a threshold between 1 and ${rules.length}`);
    return { threshold, rules };
  };
  const root = node();
  if (position < tokens.length) broken('nothing more');
  return envelope('threshold' in root ? root : { threshold: 1, rules: [root] });
}

function envelope(root: Node): common.SignaturePolicyEnvelope {
  const principals: string[] = [];
  const rule = (node: Node): common.SignaturePolicy => {
    const policy = new common.SignaturePolicy();
    if ('principal' in node) {
      let index = principals.indexOf(node.principal);
      if (index < 0) index = principals.push(node.principal) - 1;
      policy.setSignedBy(index);
      return policy;
    }
    const outOf = new common.SignaturePolicy.NOutOf();
    outOf.setN(node.threshold);
    outOf.setRulesList(node.rules.map(rule));
    policy.setNOutOf(outOf);
    return policy;
  };
  const result = new common.SignaturePolicyEnvelope();
  result.setRule(rule(root));
  result.setIdentitiesList(principals.map(rolePrincipal));
  return result;
}

/** Principal of `MspId.role`. */
export function rolePrincipal(text: string): msp.MSPPrincipal {
  const dot = text.lastIndexOf('.');
  const name = text.slice(dot + 1);
  const index = roleNames.findIndex((role) => role === name);
  if (dot <= 0 || index < 0) throw new NetworkError('TOPOLOGY_INVALID', `"${text}" is not a principal: write MspId.role with one of the roles ${roleNames.join(', ')}.`, { principal: text });
  const role = new msp.MSPRole();
  role.setMspIdentifier(text.slice(0, dot));
  const types = msp.MSPRole.MSPRoleType;
  role.setRole([types.MEMBER, types.ADMIN, types.CLIENT, types.PEER, types.ORDERER][index] ?? types.MEMBER);
  const principal = new msp.MSPPrincipal();
  principal.setPrincipalClassification(msp.MSPPrincipal.Classification.ROLE);
  principal.setPrincipal(role.serializeBinary());
  return principal;
}

/** The notation of the chaincode's policy in a topology, where `members` stands for the peers of all organisations. */
export function expandMembers(policy: string, mspIds: readonly string[]): string {
  return policy.replace(/\bmembers\b/g, mspIds.map((mspId) => `'${mspId}.peer'`).join(', '));
}

/** Any `threshold` of the given policies, as one. */
export function outOf(threshold: number, policies: readonly common.SignaturePolicyEnvelope[]): common.SignaturePolicyEnvelope {
  const result = new common.SignaturePolicyEnvelope();
  const identities: msp.MSPPrincipal[] = [];
  const rules = policies.map((policy) => {
    const offset = identities.length;
    identities.push(...policy.getIdentitiesList());
    return shifted(policy.getRule() ?? new common.SignaturePolicy(), offset);
  });
  const combined = new common.SignaturePolicy.NOutOf();
  combined.setN(threshold);
  combined.setRulesList(rules);
  const rule = new common.SignaturePolicy();
  rule.setNOutOf(combined);
  result.setRule(rule);
  result.setIdentitiesList(identities);
  return result;
}

function shifted(rule: common.SignaturePolicy, offset: number): common.SignaturePolicy {
  const copy = new common.SignaturePolicy();
  const nested = rule.getNOutOf();
  if (nested === undefined) {
    copy.setSignedBy(rule.getSignedBy() + offset);
    return copy;
  }
  const inner = new common.SignaturePolicy.NOutOf();
  inner.setN(nested.getN());
  inner.setRulesList(nested.getRulesList().map((each) => shifted(each, offset)));
  copy.setNOutOf(inner);
  return copy;
}
