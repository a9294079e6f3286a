export * from './load-story';
export type * from './story';
export { cast } from './story';
