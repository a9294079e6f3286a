export { custodyOf } from './custody';
export { handOversOf } from './hand-overs';
export { massBalance } from './mass-balance';
export { oneStep } from './one-step';
export { defaultBands, processKindOf } from './process-kind';
export { amountIn, siteOf, storyOf } from './story';
export type { Passage, Story } from './story';
export type * from './types';
