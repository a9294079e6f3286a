import { msp } from '@hyperledger/fabric-protos';
import { parsePolicy } from '../policy';
import type { Layout } from './layouts';
import { layoutsOf, mergeLayouts } from './layouts';

const roles = new Map(Object.entries(msp.MSPRole.MSPRoleType).map(([name, value]) => [value as number, name.toLowerCase()]));
const shown = (layouts: readonly Layout[]) =>
  layouts.map((layout) => [...layout].map(([{ principal }, count]) => `${count}×${msp.MSPRole.deserializeBinary(principal.getPrincipal_asU8()).getMspIdentifier()}.${roles.get(msp.MSPRole.deserializeBinary(principal.getPrincipal_asU8()).getRole())}`).sort().join(' ')).sort();
const of = (policy: string) => layoutsOf(parsePolicy(policy));

it.each([
  ["AND('A.peer', 'B.peer')", ['1×A.peer 1×B.peer']],
  ["OutOf(2, 'A.peer', 'B.peer', 'C.peer')", ['1×A.peer 1×B.peer', '1×A.peer 1×C.peer', '1×B.peer 1×C.peer']],
  ["AND('A.peer', 'A.peer')", ['2×A.peer']],
  ["OR('A.peer', AND('A.peer', 'B.peer'))", ['1×A.peer']],
])('%s', (policy, expected) => expect(shown(of(policy))).toEqual(expected));

it('lets one endorser count for several policies', () => {
  expect(shown(mergeLayouts([of("OutOf(2, 'A.peer', 'B.peer', 'C.peer')"), of("'C.peer'")]))).toEqual(['1×A.peer 1×C.peer', '1×B.peer 1×C.peer']);
});

it('lets a peer stand for a member of its organisation', () => {
  expect(shown(mergeLayouts([of("'A.member'"), of("'A.peer'")]))).toEqual(['1×A.peer']);
  expect(shown(mergeLayouts([of("'A.peer'"), of("'A.member'")]))).toEqual(['1×A.peer']);
});
