export * from './embedded/index';
export * from './errors';
export * from './fabric/index';
export * from './pki/index';
export * from './topology/index';
