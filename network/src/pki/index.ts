export * from './crypto';
export * from './profiles';
