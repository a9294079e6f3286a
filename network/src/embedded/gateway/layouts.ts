import type { common} from '@hyperledger/fabric-protos';
import { msp } from '@hyperledger/fabric-protos';

/** A set of organisations whose peers together satisfy a policy. */
export type Layout = ReadonlySet<string>;

const MAX_LAYOUTS = 500;

/** Minimal sets of organisations that satisfy one policy, with one endorsing peer an organisation. */
export function layoutsOf(policy: common.SignaturePolicyEnvelope): Layout[] {
  const principals = policy.getIdentitiesList().map(endorsingOrganisation);
  const root = policy.getRule();
  return root === undefined ? [] : minimal(expand(root));

  function expand(rule: common.SignaturePolicy): Layout[] {
    const nested = rule.getNOutOf();
    if (nested === undefined) {
      const organisation = principals[rule.getSignedBy()];
      return organisation === undefined ? [] : [new Set([organisation])];
    }
    const children = nested.getRulesList().map(expand);
    return combinations(children, nested.getN());
  }
}

/** Sets that satisfy all of the policies. */
export function mergeLayouts(policies: readonly (readonly Layout[])[]): Layout[] {
  return policies.reduce<Layout[]>((merged, layouts) => minimal(merged.flatMap((left) => layouts.map((right) => new Set([...left, ...right])))), [new Set<string>()]);
}

function combinations(children: readonly (readonly Layout[])[], count: number): Layout[] {
  if (count === 0) return [new Set()];
  const [first, ...rest] = children;
  if (first === undefined || children.length < count) return [];
  const taken = combinations(rest, count - 1).flatMap((tail) => first.map((head) => ({ head, tail })));
  // One organisation cannot stand for two principals: it has one endorsing peer.
  const joined = taken.filter(({ head, tail }) => [...head].every((organisation) => !tail.has(organisation))).map(({ head, tail }) => new Set([...head, ...tail]));
  return [...joined, ...combinations(rest, count)].slice(0, MAX_LAYOUTS);
}

function minimal(layouts: readonly Layout[]): Layout[] {
  const sorted = [...layouts].sort((a, b) => a.size - b.size).slice(0, MAX_LAYOUTS);
  const kept: Layout[] = [];
  for (const layout of sorted) if (!kept.some((smaller) => [...smaller].every((organisation) => layout.has(organisation)))) kept.push(layout);
  return kept;
}

/** The organisation whose peer satisfies a role principal; undefined for roles that no endorsing peer has. */
function endorsingOrganisation(principal: msp.MSPPrincipal): string | undefined {
  if (principal.getPrincipalClassification() !== msp.MSPPrincipal.Classification.ROLE) return undefined;
  const role = msp.MSPRole.deserializeBinary(principal.getPrincipal_asU8());
  const { MEMBER, PEER } = msp.MSPRole.MSPRoleType;
  return role.getRole() === PEER || role.getRole() === MEMBER ? role.getMspIdentifier() : undefined;
}
