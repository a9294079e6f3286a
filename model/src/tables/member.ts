import { row } from './table';
import type { StateTable } from './table';

export type MemberState = 'active' | 'suspended';
/** Kinds of motion by what they do to a member; `change policy` is no row: it touches none. */
export const memberTable: StateTable<MemberState> = {
  object: 'member',
  transitions: [
    row([null], 'bootstrap', ['members'], 'active', 'once, every founding member endorses'),
    row([null], 'admitMember', ['anyone'], 'active', 'enactMotion of the kind admit; MSP id and GLN are new; one authority at most'),
    row(['active', 'suspended'], 'changeRoles', ['anyone'], 'active', 'enactMotion of the kind change roles; one authority at most; a suspended member stays suspended', ['suspended']),
    row(['active'], 'suspendMember', ['anyone'], 'suspended', 'enactMotion of the kind suspend; two active members are left'),
    row(['suspended'], 'readmitMember', ['anyone'], 'active', 'enactMotion of the kind readmit; one authority at most'),
  ],
};
