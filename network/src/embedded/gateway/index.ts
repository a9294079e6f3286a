export * from './errors';
export * from './gateway';
export * from './options';
export * from './service';
