export * from './seek';
export * from './service';
