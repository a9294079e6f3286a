import type { msp } from '@hyperledger/fabric-protos';
import type { Identity } from '../interfaces';
import { hex } from '../protos';
import { expandMembers, outOf, parsePolicy, rolePrincipal, satisfiesPolicy } from './index';

/** An identity that stands for exactly these roles. */
function identity(...roles: string[]): Identity {
  const wanted = new Set(roles.map((role) => hex(rolePrincipal(role).getPrincipal_asU8())));
  return { mspId: roles[0]?.split('.')[0] ?? '', pem: '', serialized: new Uint8Array(), expiresAt: new Date(), verify: () => true, satisfies: (principal: msp.MSPPrincipal) => wanted.has(hex(principal.getPrincipal_asU8())) };
}

const [a, b, c] = ['A.peer', 'B.peer', 'C.peer'].map((role) => identity(role)) as [Identity, Identity, Identity];

it.each([
  ["AND('A.peer', 'B.peer')", [a, b], true],
  ["AND('A.peer', 'B.peer')", [a, c], false],
  ["OR('A.peer', 'B.peer')", [b], true],
  ["OutOf(2, 'A.peer', 'B.peer', 'C.peer')", [c, a], true],
  ["OutOf(2, 'A.peer', 'B.peer', 'C.peer')", [c], false],
  ["AND('A.peer', OR('B.peer', 'C.peer'))", [a, c], true],
  ["'A.peer'", [a], true],
  ["outof(1, 'A.admin')", [a], false],
])('%s', (policy, identities, expected) => expect(satisfiesPolicy(parsePolicy(policy), identities)).toBe(expected));

it('counts an identity once, and takes the first that fits: order matters as on Fabric', () => {
  const policy = parsePolicy("AND('A.member', 'A.peer')");
  const both = identity('A.member', 'A.peer');
  const member = identity('A.member');
  expect(satisfiesPolicy(policy, [both])).toBe(false);
  expect(satisfiesPolicy(policy, [member, both])).toBe(true);
  expect(satisfiesPolicy(policy, [both, member])).toBe(false);
});

it('gives back what a failed rule took', () => {
  expect(satisfiesPolicy(parsePolicy("OR(AND('A.peer', 'B.peer'), 'A.peer')"), [a])).toBe(true);
});

it('joins policies under one threshold', () => {
  const two = outOf(2, [parsePolicy("OR('A.peer', 'B.peer')"), parsePolicy("'C.peer'")]);
  expect([satisfiesPolicy(two, [b, c]), satisfiesPolicy(two, [a, b])]).toEqual([true, false]);
});

it('stands for the peers of all organisations by "members"', () => {
  expect(expandMembers('OutOf(2, members)', ['A', 'B'])).toBe("OutOf(2, 'A.peer', 'B.peer')");
});

it.each(['', "AND('A.peer'", "NOT('A.peer')", "OutOf(4, 'A.peer', 'B.peer')", "OutOf(0, 'A.peer')", "AND('A.peer') 'B.peer'", "'A.king'", 'A.peer'])('refuses %p', (policy) => {
  expect(() => parsePolicy(policy)).toThrow(expect.objectContaining({ code: 'TOPOLOGY_INVALID' }));
});
