import { row } from './table';
import type { StateTable } from './table';

export type LoanState = 'drafted' | 'paid out' | 'ended';
export const loanTable: StateTable<LoanState> = {
  object: 'loan',
  transitions: [
    row([null], 'draftLoan', ['owner'], 'drafted', 'the holding is free; principal at most its amount; terms sealed for owner, financier and settler'),
    row(['drafted'], 'confirmLoan', ['settler'], 'paid out', 'the financier accepted the pledge'),
    row(['paid out'], 'releasePledge', ['financier'], 'ended', 'derived from the holding, as is the end by enforcement or settlement'),
  ],
};
