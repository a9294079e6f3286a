/** What contracts need of the ledger. Key shapes: keys.ts. Path of one invocation: call.ts and contract.ts. */
export * from './anchors';
export * from './call';
export * from './caller';
export * from './codec';
export * from './contract';
export * from './created';
export * from './endorsement';
export * from './event-index';
export * from './evidence';
export * from './freezes';
export * from './keys';
export * from './members';
export * from './own-facts';
export * from './public-state';
export * from './recall-flags';
export * from './sealed-store';
