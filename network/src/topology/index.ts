export * from './load';
export * from './ports';
export * from './types';
