export { checkDigit, hasCheckDigit } from './check-digit';
export { adviseId, canonicalByShape, canonicalId, checkId, classOf, glnOf, MAX_ID_LENGTH, parseKey, toUrn } from './identifier';
export type { Gs1Key, IdProblem, KeyLevel, KeyName } from './types';
