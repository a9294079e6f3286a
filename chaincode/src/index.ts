export * from './contracts/index';
export * from './ledger/index';
export { startChaincode } from './start';
