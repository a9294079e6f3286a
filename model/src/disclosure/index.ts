/** Runs in any JavaScript engine: nothing here needs Node. */
export { canonicalJson } from '../canonical';
export { DualchainError } from '../errors';
export type { ErrorCode } from '../errors';
export { keyTable, nameOf, splitKey } from '../ledger-keys';
export type { ObjectType } from '../ledger-keys';
export { parseJson, validate } from '../validate';
export * from './bytes';
export * from './field-tree';
export { digest } from './hash';
export * from './pack';
export * from './sealed-subject';
export * from './standing-place';
