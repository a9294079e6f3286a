import type { InputOf, ResultOf } from '@dualchain/model';
import { consortiumVerbs } from '@dualchain/model';
import { action } from '../submission/action';
import { ask } from '../submission/ask';

export type OpenToAuditorParameters = InputOf<typeof consortiumVerbs.openToAuditor>;
export type OpenToAuditorResult = ResultOf<typeof consortiumVerbs.openToAuditor>;

/**
 * Shows sealed records that the own organisation holds to an auditor that the channel policy names, which then holds
 * them too: `{ auditor, records: [{ type: 'holding', id: 'H-1' }] }`. Every record must be the one that its parties hold now.
 * Throws NOT_A_PARTY (no auditor by the policy), NOT_A_MEMBER, NOT_FOUND, NOT_GENUINE.
 */
export const openToAuditor = action<OpenToAuditorParameters, OpenToAuditorResult>((parameters) => ({
  verb: consortiumVerbs.openToAuditor,
  input: parameters,
  prepare: async (session, options) => ({
    parties: { self: session.mspId, auditor: parameters.auditor },
    openings: await Promise.all(parameters.records.map((name) => ask(session, consortiumVerbs.sealedRecord, name, options))),
  }),
  decode: (answer) => answer as OpenToAuditorResult,
}));
