export * from './binaries';
export * from './network';
export type { NodeStatus } from './nodes';
