export { attest } from './attest';
export type { AttestParameters, AttestResult } from './attest';
export { attestationsOf } from './attestations-of';
export { getAttestation } from './get-attestation';
export { revokeAttestation } from './revoke-attestation';
export type { RevokeAttestationParameters, RevokeAttestationResult } from './revoke-attestation';
