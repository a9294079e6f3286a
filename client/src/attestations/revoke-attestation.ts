import type { ResultOf } from '@dualchain/model';
import { attestationVerbs } from '@dualchain/model';
import type { Attestation, AttestationId } from '../results/objects';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { withWitness } from '../submission/parties';

export interface RevokeAttestationParameters {
  readonly attestationId: AttestationId;
  /** For everyone to read. */
  readonly reason?: string;
  /** Second organisation that endorses; default: the authority, else another member. */
  readonly witness?: string;
}
export type RevokeAttestationResult = Attestation;

/**
 * The own organisation takes one of its attestations back.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE.
 */
export const revokeAttestation = action<RevokeAttestationParameters, RevokeAttestationResult>(({ witness, ...input }) => ({
  verb: attestationVerbs.revoke,
  input: toWire(input),
  prepare: (session) => ({ parties: withWitness(session, witness) }),
  decode: (answer) => typed(answer as ResultOf<typeof attestationVerbs.revoke>),
}));
