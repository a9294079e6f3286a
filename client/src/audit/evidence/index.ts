export * from './channel-identities';
export * from './export-ledger';
export * from './ledger-file';
export * from './signatures';
