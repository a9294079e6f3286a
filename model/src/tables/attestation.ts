import { row } from './table';
import type { StateTable } from './table';

export type AttestationState = 'standing' | 'revoked';
/** An expired attestation is one that no longer counts: its time says so, and nothing is written. */
export const attestationTable: StateTable<AttestationState> = {
  object: 'attestation',
  transitions: [
    row([null], 'attest', ['anyone'], 'standing', 'not expired; takes the place of the own earlier one of the same claim on the same subject'),
    row(['standing'], 'revoke', ['self'], 'revoked', 'its author'),
  ],
};
