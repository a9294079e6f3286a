export { blocks } from './blocks';
export type { BlocksParameters } from './blocks';
export { streamEvents as stream } from './stream';
export type { DualchainEvent, StreamParameters } from './stream';
