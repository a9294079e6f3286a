export * from './bundle';
export * from './configuration';
export * from './genesis';
