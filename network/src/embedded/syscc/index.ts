export * from './definition';
export * from './lifecycle';
export * from './queries';
