export { attest } from './attest';
export type { AttestParameters, AttestResult } from './attest';
export { attestationHistory } from './attestation-history';
export { attestationsOf } from './attestations-of';
export { evidenceScore } from './evidence-score';
export { getAttestation } from './get-attestation';
export { revokeAttestation } from './revoke-attestation';
export type { RevokeAttestationParameters, RevokeAttestationResult } from './revoke-attestation';
