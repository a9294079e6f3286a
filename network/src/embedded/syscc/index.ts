export * from './access';
export * from './call';
export * from './definition';
export * from './invoke';
export * from './parameters';
