/** Generators of EPCIS documents for tests; no part of the product. */
export * from './documents';
export { epcisEvent } from './events';
