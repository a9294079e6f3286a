export * from './endorsement';
export * from './mvcc';
export * from './parse';
export * from './validate';
