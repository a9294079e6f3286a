export * from './errors';
export * from './gateway';
export * from './service';
