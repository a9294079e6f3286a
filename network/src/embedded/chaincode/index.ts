export * from './invocation';
export * from './runtime';
export * from './stream';
export * from './worker';
