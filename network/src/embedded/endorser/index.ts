export * from './endorser';
export * from './proposal';
