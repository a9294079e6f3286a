export * from './collections';
export * from './transient-store';
