export * from './dissemination';
export * from './endorser';
export * from './proposal';
export * from './service';
