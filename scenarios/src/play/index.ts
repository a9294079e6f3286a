export * from './attempts';
export * from './audit';
export * from './balance';
export * from './collusion';
export { founding } from './founding';
export * from './player';
export * from './stage';
export type * from './step';
export * from './views';
