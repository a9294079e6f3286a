import { msp } from '@hyperledger/fabric-protos';
import type { common } from '@hyperledger/fabric-protos';
import { hex } from '../protos';

/** Principals of one combination that satisfies a policy, each with how many different endorsers must satisfy it. */
export type Layout = ReadonlyMap<Group, number>;

/** A principal under a name that is the same for equal principals. */
export interface Group {
  readonly key: string;
  readonly principal: msp.MSPPrincipal;
  readonly mspId: string;
  /** Any valid member of the organisation will do. */
  readonly anyMember: boolean;
}

/** Fabric looks at no more combinations of one policy than this. */
const MAX_COMBINATIONS = 10_000;
const groups = new Map<string, Group>();

/** Minimal combinations of principals that satisfy one signature policy. */
export function layoutsOf(policy: common.SignaturePolicyEnvelope): Layout[] {
  const principals = policy.getIdentitiesList().map(groupOf);
  const root = policy.getRule();
  return root === undefined ? [] : minimal(expand(root));

  function expand(rule: common.SignaturePolicy): Layout[] {
    const nested = rule.getNOutOf();
    if (nested === undefined) {
      const group = principals[rule.getSignedBy()];
      return group === undefined ? [] : [new Map([[group, 1]])];
    }
    return combinations(nested.getRulesList().map(expand), nested.getN());
  }
}

/** Combinations that satisfy all of the policies at once: an endorser may count for several policies. */
export function mergeLayouts(policies: readonly (readonly Layout[])[]): Layout[] {
  const [first, ...others] = policies;
  if (first === undefined) return [];
  return others.reduce<Layout[]>((merged, layouts) => minimal(merged.flatMap((left) => layouts.map((right) => cover(left, right))).slice(0, MAX_COMBINATIONS)), [...first]);
}

function combinations(children: readonly (readonly Layout[])[], count: number): Layout[] {
  if (count === 0) return [new Map()];
  const [first, ...rest] = children;
  if (first === undefined || children.length < count) return [];
  const taken = combinations(rest, count - 1).flatMap((tail) => first.map((head) => add(head, tail)));
  return [...taken, ...combinations(rest, count)].slice(0, MAX_COMBINATIONS);
}

/** Both, within one policy: every rule needs an endorser of its own. */
function add(left: Layout, right: Layout): Layout {
  const sum = new Map(left);
  for (const [group, count] of right) sum.set(group, (sum.get(group) ?? 0) + count);
  return sum;
}

/** The fewest endorsers that satisfy one combination of each of two policies. */
function cover(left: Layout, right: Layout): Layout {
  const result = new Map(right);
  const spare = new Map(right);
  for (const [group, wanted] of left) {
    let missing = wanted;
    const take = (from: Group) => {
      const taken = Math.min(missing, spare.get(from) ?? 0);
      spare.set(from, (spare.get(from) ?? 0) - taken);
      missing -= taken;
      return taken;
    };
    take(group);
    for (const other of right.keys()) if (isA(other, group)) take(other);
    for (const other of right.keys()) {
      if (other === group || !isA(group, other)) continue;
      const narrowed = take(other);
      move(result, other, group, narrowed);
    }
    if (missing > 0) result.set(group, (result.get(group) ?? 0) + missing);
  }
  return result;
}

function move(layout: Map<Group, number>, from: Group, to: Group, count: number): void {
  if (count === 0) return;
  const rest = (layout.get(from) ?? 0) - count;
  if (rest > 0) layout.set(from, rest);
  else layout.delete(from);
  layout.set(to, (layout.get(to) ?? 0) + count);
}

/** True if whoever satisfies `group` also satisfies `other`. */
function isA(group: Group, other: Group): boolean {
  return group === other || (other.anyMember && group.mspId === other.mspId);
}

/** Without combinations that contain another one. */
function minimal(layouts: readonly Layout[]): Layout[] {
  const size = (layout: Layout) => [...layout.values()].reduce((sum, count) => sum + count, 0);
  const kept: Layout[] = [];
  for (const layout of [...layouts].sort((a, b) => size(a) - size(b))) {
    const contains = (smaller: Layout) => [...smaller].every(([group, count]) => (layout.get(group) ?? 0) >= count);
    if (!kept.some(contains)) kept.push(layout);
  }
  return kept;
}

function groupOf(principal: msp.MSPPrincipal): Group {
  const bytes = principal.getPrincipal_asU8();
  const key = `${principal.getPrincipalClassification()}:${hex(bytes)}`;
  let group = groups.get(key);
  if (group === undefined) {
    group = { key, principal, ...organisationOf(principal, bytes) };
    groups.set(key, group);
  }
  return group;
}

function organisationOf(principal: msp.MSPPrincipal, bytes: Uint8Array): { mspId: string; anyMember: boolean } {
  const { ROLE, ORGANIZATION_UNIT, IDENTITY } = msp.MSPPrincipal.Classification;
  switch (principal.getPrincipalClassification()) {
    case ROLE: {
      const role = msp.MSPRole.deserializeBinary(bytes);
      return { mspId: role.getMspIdentifier(), anyMember: role.getRole() === msp.MSPRole.MSPRoleType.MEMBER };
    }
    case ORGANIZATION_UNIT:
      return { mspId: msp.OrganizationUnit.deserializeBinary(bytes).getMspIdentifier(), anyMember: false };
    case IDENTITY:
      return { mspId: msp.SerializedIdentity.deserializeBinary(bytes).getMspid(), anyMember: false };
    default:
      return { mspId: '', anyMember: false };
  }
}
