export * from './access';
export * from './definition';
export * from './invoke';
export * from './parameters';
