export * from './interfaces';
export * from './network';
