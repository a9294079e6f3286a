export { custodyOf } from './custody';
export { massBalance } from './mass-balance';
export { oneStep } from './one-step';
export { defaultBands, processKindOf } from './process-kind';
export { siteOf } from './story';
export type * from './types';
