export * from './low-s';
export * from './manager';
export * from './signing-identity';
