export * from './channel';
export * from './deploy';
export * from './package';
export * from './peer-client';
