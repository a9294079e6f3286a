export * from './memory-ledger';
export * from './sorted-map';
