import { attestationVerbs, consortiumVerbs } from './consortium';
import { certificateVerbs } from './certificate';
import { collateralVerbs } from './collateral';
import { traceVerbs } from './trace';
import { tradeVerbs } from './trade';

/** Every verb of the chaincode, by contract. */
export const verbs = { consortium: consortiumVerbs, attestation: attestationVerbs, trade: tradeVerbs, certificate: certificateVerbs, collateral: collateralVerbs, trace: traceVerbs } as const;

export * from './certificate';
export * from './collateral';
export * from './consortium';
export * from './trace';
export * from './trace-sealed';
export * from './trace-questions';
export * from './trade';
