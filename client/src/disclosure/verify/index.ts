/** `@dualchain/client/verify`: verifies disclosure packs without a network, in browsers too. */
export { DualchainError, parsePack } from '@dualchain/model/disclosure';
export type { DisclosurePack } from '@dualchain/model/disclosure';
export type { Signer } from './identities';
export { parseRoots } from './roots';
export type { TrustedOrganisation, TrustedRoots } from './roots';
export type { Statement } from './statement';
export { checks, verify } from './verify';
export type { Check, CheckName, Verification, VerifyOptions } from './verify';
