export { advanceRecall } from './advance-recall';
export type { AdvanceRecallParameters, AdvanceRecallResult } from './advance-recall';
export { closeRecall } from './close-recall';
export type { CloseRecallParameters, CloseRecallResult } from './close-recall';
export { getRecall } from './get-recall';
export type { GetRecallResult } from './get-recall';
export { openRecall } from './open-recall';
export type { OpenRecallParameters, OpenRecallResult } from './open-recall';
export { recallFlags } from './recall-flags';
