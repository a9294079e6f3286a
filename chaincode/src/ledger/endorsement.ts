import { compareUtf8 } from '@dualchain/model';
import { field, varintField } from './protobuf';

/**
 * Key-level endorsement policies, encoded as Fabric's `common.SignaturePolicyEnvelope`. The shim's own builder knows
 * only "all of"; the bytes are written here by hand, sorted, so that every endorser writes the same.
 */
export type Policy = string | { readonly n: number; readonly of: readonly Policy[] };

/** Every one of these organisations. */
export function allOf(mspIds: readonly string[]): Policy {
  const of = unique(mspIds);
  return { n: of.length, of };
}

/** `n` of these organisations. */
export function someOf(n: number, mspIds: readonly string[]): Policy {
  const of = unique(mspIds);
  return { n: Math.min(n, of.length), of };
}

/**
 * Two of these parties, each party being any one of its organisations. An organisation that is a party by itself does
 * not count for another party too, so that it can never stand for two.
 */
export function anyTwoOf(parties: readonly (readonly string[])[]): Policy {
  const alone = new Set(parties.filter((party) => new Set(party).size === 1).flat());
  const groups = new Map<string, readonly string[]>();
  for (const party of parties) {
    const members = unique(party);
    const rest = members.length === 1 ? members : members.filter((mspId) => !alone.has(mspId));
    if (rest.length > 0) groups.set(rest.join(' '), rest);
  }
  const of = [...groups.values()].map((group): Policy => (group.length === 1 ? (group[0] ?? '') : { n: 1, of: group }));
  return { n: Math.min(2, of.length), of };
}

/** Envelope bytes; a principal is a peer of the organisation. */
export function encodePolicy(policy: Policy): Uint8Array {
  const mspIds = unique(leavesOf(policy));
  const normal: Policy = typeof policy === 'string' ? { n: 1, of: [policy] } : policy;
  return Buffer.concat([field(2, ruleBytes(normal, mspIds)), ...mspIds.map((mspId) => field(3, principalBytes(mspId)))]);
}

const PEER_ROLE = 3;

/** MSPPrincipal of classification ROLE (0, left out) with MSPRole{msp_identifier, role}. */
function principalBytes(mspId: string): Buffer {
  return field(2, Buffer.concat([field(1, Buffer.from(mspId, 'utf8')), varintField(2, PEER_ROLE)]));
}

/** SignaturePolicy: `signed_by` index, or `n_out_of`. */
function ruleBytes(policy: Policy, mspIds: readonly string[]): Buffer {
  if (typeof policy === 'string') return varintField(1, mspIds.indexOf(policy));
  const rules = policy.of.map((part) => ruleBytes(part, mspIds)).sort(Buffer.compare);
  return field(2, Buffer.concat([varintField(1, policy.n), ...rules.map((rule) => field(2, rule))]));
}

function leavesOf(policy: Policy): readonly string[] {
  return typeof policy === 'string' ? [policy] : policy.of.flatMap(leavesOf);
}

function unique(mspIds: readonly string[]): string[] {
  return [...new Set(mspIds)].sort(compareUtf8);
}
