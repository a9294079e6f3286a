export * from './dissemination';
export * from './endorser';
export * from './options';
export * from './proposal';
export * from './service';
