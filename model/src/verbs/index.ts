import { attestationVerbs, consortiumVerbs } from './consortium';
import { certificateVerbs } from './certificate';
import { traceVerbs } from './trace';
import { tradeVerbs } from './trade';

/** Every verb of the chaincode, by contract. */
export const verbs = { consortium: consortiumVerbs, attestation: attestationVerbs, trade: tradeVerbs, certificate: certificateVerbs, trace: traceVerbs } as const;

export * from './certificate';
export * from './consortium';
export * from './trace';
export * from './trade';
