export * from './builder';
export * from './merkle';
export * from './simulator';
