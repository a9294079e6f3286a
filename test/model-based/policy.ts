import { defaultChannelPolicy } from '../../model/src';
import type { ChannelPolicy } from '../../model/src';

/** Rules of the model's consortium: nobody waits for an overdue or defaulted certificate, paying late costs, and every finance needs the inspector's word. */
export const policy: ChannelPolicy = {
  ...defaultChannelPolicy,
  tierLimit: 4,
  graceDays: 0,
  defaultAfterDays: 0,
  lateFeeBps: 600,
  currencies: ['CNY'],
  evidenceForFinance: [{ claim: 'inspected', role: 'inspector', count: 1, finance: ['with recourse', 'without recourse', 'pledge'] }],
  auditors: ['RegulatorMSP'],
  voteThreshold: 5,
};
