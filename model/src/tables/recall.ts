import { row } from './table';
import type { StateTable } from './table';

export type RecallState = 'open' | 'closing' | 'closed';
export const recallTable: StateTable<RecallState> = {
  object: 'recall',
  transitions: [
    row([null], 'openRecall', ['anyone'], 'open', 'inspector, authority or brand owner of the lot'),
    row(['open'], 'advanceRecall', ['anyone'], 'open'),
    row(['open', 'closing'], 'closeRecall', ['self'], 'closed', 'the author; closing until every flag is cleared', ['closing']),
  ],
};
