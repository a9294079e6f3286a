export * from './cutter';
export * from './orderer';
export * from './service';
