export * from './errors';
export * from './gateway';
export * from './layouts';
export * from './service';
