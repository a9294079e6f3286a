export * from './embedded/index';
export * from './errors';
export * from './pki/index';
export * from './topology/index';
