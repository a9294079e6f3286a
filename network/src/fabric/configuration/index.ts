export * from './builder';
export * from './configtx';
export * from './orderer';
export * from './peer';
export * from './write';
