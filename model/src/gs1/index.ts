import type { Gs1Key, IdProblem } from './types';

export type { Gs1Key, IdProblem, KeyLevel, KeyName } from './types';

/** GS1 check digit (mod 10, weights 3 and 1 from the right) of a string of digits. */
export declare function checkDigit(digits: string): string;
/** Canonical id: Digital Link at id.gs1.org for GS1 keys, other URIs unchanged. Throws DualchainError INVALID_INPUT with details.rule. */
export declare function canonicalId(id: string): string;
/** Why an id cannot be used, or undefined if it can. */
export declare function checkId(id: string): IdProblem | undefined;
/** The GS1 key behind an id in any form; undefined if it is no GS1 key. Throws as canonicalId does. */
export declare function parseKey(id: string): Gs1Key | undefined;
/** EPC URN of a key; the length of the company prefix (6 to 12) is not in a Digital Link, so it must be given. */
export declare function toUrn(id: string, companyPrefixLength: number): string;
/** Canonical id of the class of an instance or lot (GTIN of SGTIN and LGTIN ...); undefined where there is none. */
export declare function classOf(id: string): string | undefined;
/** The 13 digits of the GLN behind an SGLN or PGLN in any form; undefined for other ids. */
export declare function glnOf(id: string): string | undefined;
